"""The law: compute obligations from rules, facts, people's roles and a day. No database or clock."""

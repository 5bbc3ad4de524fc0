"""The law: rules, facts, who is in scope and a day give obligations. No database, screen or clock."""

"""The engine: facts, rules, shapes of duties, and the obligations computed from them."""

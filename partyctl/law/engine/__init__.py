"""The engine: facts, rules, and the classes that compute the obligations under each rule."""

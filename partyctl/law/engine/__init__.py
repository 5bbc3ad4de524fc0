"""Facts, the shapes of duties, and the obligations computed from them."""

"""Facts, the shapes of duties, and the obligations that follow from them."""

"""The kinds of sheets: which columns each has, and how people name them."""

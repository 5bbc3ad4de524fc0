"""Party dues: the dues book, the cash, and the rates."""

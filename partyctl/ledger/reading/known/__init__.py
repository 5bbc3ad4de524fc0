"""What the law knows: rows of the views as facts, and what admission made of members."""

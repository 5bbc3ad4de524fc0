"""What may be written, and under which conditions: one module per noun."""

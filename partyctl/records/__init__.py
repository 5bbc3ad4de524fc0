"""Write records and check the conditions that each must meet: one module per noun."""

"""The records that commands write, and the conditions each must meet: one module per noun."""

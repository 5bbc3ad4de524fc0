"""Answer questions about obligations: why, what next, what a rule change would do, what is covered."""

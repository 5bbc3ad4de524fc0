"""Questions about obligations: why, what next, what changes, what is covered."""

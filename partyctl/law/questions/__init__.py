"""Questions asked of the law: why, what next, what changes, what is covered."""

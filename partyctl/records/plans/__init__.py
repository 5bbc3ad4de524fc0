"""Record yearly plans, their targets and responsibilities, and rectification items."""

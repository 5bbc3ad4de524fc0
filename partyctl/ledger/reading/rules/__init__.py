"""What is read of rules that were changed, waived or moved by a holiday."""

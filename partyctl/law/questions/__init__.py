"""Answer questions, such as why a duty is overdue, what is next, or what a rule change alters."""

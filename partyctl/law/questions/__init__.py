"""Questions about obligations: reasons, next steps, effects of changes, coverage."""

"""Changes to rules that a clerk entered. Each change takes effect on a given day."""

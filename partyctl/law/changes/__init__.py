"""Changes of rules that a clerk entered, each from a day on."""

"""The yearbook: the papers of a year in one PDF for binding."""

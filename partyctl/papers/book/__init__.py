"""The yearbook: a year bound as a PDF."""

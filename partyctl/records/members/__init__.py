"""The roll, posts, sanctions, the organisation."""

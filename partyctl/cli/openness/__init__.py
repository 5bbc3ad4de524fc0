"""What is made known, and the opinions that it draws."""

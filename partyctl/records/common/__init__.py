"""What all nouns need: finding, voiding, standing, making up."""

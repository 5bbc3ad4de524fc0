"""What all nouns share: finding and voiding records, members' standing, making up for a period."""

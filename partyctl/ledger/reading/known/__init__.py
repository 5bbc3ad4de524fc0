"""The law's input: rows of the views as facts, and members' standing under admission."""

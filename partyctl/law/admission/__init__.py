"""A person's way into the Party, as two chapters need it computed."""

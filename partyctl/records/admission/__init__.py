"""Record applicants and the steps of their admission."""

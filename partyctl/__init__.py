"""partyctl: what a Party branch owes under its written regulation, computed from what happened."""

__version__ = "0.1.0"

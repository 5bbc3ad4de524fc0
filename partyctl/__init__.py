"""partyctl computes the duties of a Party branch under its written regulation from recorded facts."""

__version__ = "0.1.0"

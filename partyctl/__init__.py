"""partyctl: computes a Party branch's duties under its written regulation from recorded facts."""

__version__ = "0.1.0"

"""The dues book: `partyctl dues`."""

"""The file itself: opening, connecting, keys, encryption, locks."""

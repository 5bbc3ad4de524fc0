"""`partyctl report`: a month or a year as a page, a book, or a folder."""

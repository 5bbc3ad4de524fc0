"""Reports on a month or a year: a page, a book, a folder: `partyctl report`."""

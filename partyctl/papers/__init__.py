"""Files in and out: workbooks, Word documents, lists, pages, the yearbook."""

"""Read and write files: workbooks, Word documents, lists, pages, the yearbook."""

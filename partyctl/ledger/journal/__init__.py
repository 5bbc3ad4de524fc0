"""The journal (日志): every change of every row, in a chain that shows whether it was tampered with.

SQLite itself notes each change on a writing connection (`capture`); the commit seals what was
noted into hashed entries, in the same transaction (`chain`). The head of the chain also goes to a
file outside the ledger (`heads`). Reading it back is `history`; checking it, with code and hashing
of its own, is `verification`.
"""

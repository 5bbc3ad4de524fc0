"""The journal (日志): every change of every row, in a chain that shows tampering.

SQLite itself notes each change on a writing connection (`capture`); the commit seals these
notes into hashed entries in the same transaction (`chain`). The head of the chain is also stored in a
file outside the ledger (`heads`). `history` reads the journal; `verification` checks it with its own code
and hashing.
"""

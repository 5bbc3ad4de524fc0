"""The journal (日志): every change of every row with facts, in a chain of hashes against tampering.

Triggers in SQLite note each change that a connection makes (`capture`). Before the transaction is
committed, these notes become hashed entries (`chain`). The head of the chain (the newest entry) is
also stored in a file outside the ledger (`heads`). `history` reads the journal; `verification`
checks the journal with separate code.
"""

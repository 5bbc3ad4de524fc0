"""The journal (日志): every change of a recorded fact, in a chain of hashes that shows tampering.

Triggers in SQLite note each change that a connection makes (`capture`). Before the transaction is
committed, these notes become hashed entries (`chain`). The head of the chain (the newest entry) is
also stored in a file outside the ledger (`heads`). `history` reads the journal; `verification`
checks the journal with separate code.
"""

"""`partyctl check`: judge the branches, print the answer, explain it."""

"""`partyctl check`: judging the branches, answering, explaining."""

"""Admission to the Party: computations shared by two chapters."""

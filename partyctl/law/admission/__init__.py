"""Admission to the Party: computations that the chapters on admission and probation share."""

"""Workbooks: the safety check and the reader."""

"""Collect the results of many branches for their superior.

A hub collects extracts (files with the results of branches) and answers questions about them.
"""

"""Print to the screen: aligned tables for people, JSON for programs.

This package only prints: the duties and their status are computed elsewhere.
"""

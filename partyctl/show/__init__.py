"""Print to the screen: aligned tables for people, JSON for programs.

This package makes no decisions.
"""

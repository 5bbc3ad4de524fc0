"""Talks and contact points."""

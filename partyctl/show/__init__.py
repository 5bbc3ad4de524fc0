"""The screen: aligned tables for people, JSON for programs. Takes no decision."""

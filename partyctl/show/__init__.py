"""Print to the screen: aligned tables for people, JSON for programs. It makes no decisions."""

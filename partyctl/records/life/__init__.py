"""Record talks, contact points, and leaders' visits to contact points."""

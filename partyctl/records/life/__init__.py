"""Record talks, and visits to contact points."""

"""What people type: options and dates."""

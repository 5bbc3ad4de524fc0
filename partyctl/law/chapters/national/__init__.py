"""What national texts ask where the bureau's regulation is silent."""

"""What is read of dues: entries, what was received and sent on."""

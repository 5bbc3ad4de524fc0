"""What the law is told: facts from the views, and members' standing under the admission rules."""

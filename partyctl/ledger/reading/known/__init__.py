"""Read what the law module needs: facts from the views, and members' standing in admission."""

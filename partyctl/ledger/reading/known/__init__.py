"""Read what the rules (`partyctl.law`) need: facts from views, and members' standing in admission."""

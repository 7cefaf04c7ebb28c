"""What the Compare page draws: setting up, writing, voting, the result."""

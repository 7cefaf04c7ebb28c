"""What the Pilots page draws: planning one, its picture, its figures and runs, the decision."""

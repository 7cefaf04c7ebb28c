"""What the Risk review page draws: the comparison, a review, its questions, its sign-off, the incident log."""

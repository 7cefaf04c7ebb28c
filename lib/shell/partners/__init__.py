"""What the Partners page draws: the standing, candidates and their scores, weights, ways, the request."""

"""What the product descriptions page draws: what sold, the brief, the options, the take-away."""

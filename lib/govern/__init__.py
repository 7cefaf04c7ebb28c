"""Risk reviews, reviews of outputs, and the record of it all."""

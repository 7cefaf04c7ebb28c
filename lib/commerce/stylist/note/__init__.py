"""A note to the client about the pieces that were chosen."""

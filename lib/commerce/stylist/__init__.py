"""Stylist: what all of a client's comments say, drawn as target pieces, and the nearest pieces in stock."""

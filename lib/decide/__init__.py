"""Decide: what is worth doing, when, with whom, and how the board hears of it."""

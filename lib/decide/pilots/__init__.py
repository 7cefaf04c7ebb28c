"""Pilots: how large a sample is needed, what the figures and the runs say, and what may be decided on it."""

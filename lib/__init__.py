"""Toile's own code: everything but the pages. See docs/architecture.md for the layers."""

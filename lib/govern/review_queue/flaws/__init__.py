"""Texts with known errors: how they are made, put into rounds, and scored."""

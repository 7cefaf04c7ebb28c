"""Comparing engines and prompts: what can be compared, writing the texts, what the votes say and how sure it is."""

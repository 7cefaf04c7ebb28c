"""The desk of the automatic checks: any text, document or picture read by all of them, and how good each of them is."""

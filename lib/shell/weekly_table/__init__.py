"""What the Weekly table page draws: what waits, the form for a new entry, the papers of the meeting."""

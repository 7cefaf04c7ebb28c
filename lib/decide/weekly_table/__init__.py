"""The weekly table of design and engineering: what its meeting takes up, and its agenda and minutes as DOCX."""

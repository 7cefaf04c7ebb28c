"""The board pack: slides that each page of *decide* hands in, written as PPTX, PDF and XLSX."""

"""Virtual try-on: garments on figures and photos, size advice, demonstrations."""

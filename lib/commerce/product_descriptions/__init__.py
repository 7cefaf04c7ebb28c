"""Product descriptions, structured and written from what sold before."""

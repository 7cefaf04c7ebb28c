"""What several areas see with: landmarks of faces, cards of known size."""

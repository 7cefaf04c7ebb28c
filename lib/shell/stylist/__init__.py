"""The stylist's page: whose comments, the profile, the drawn pieces, the note, and what is taken away."""

"""Image engines: one request type for the atelier, for local checkpoints through diffusers, and for OpenAI's image API."""

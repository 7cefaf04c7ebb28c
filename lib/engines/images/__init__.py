"""Image engines: one request type for the atelier, for checkpoints through diffusers, for OpenAI's image API."""

"""Models on this machine: GGUF files served by llama.cpp's own server, inside one process of the app."""

"""Made-to-measure eyewear: a face measured in millimetres, a frame fitted to it, one face or ten thousand."""

"""Design, merchandising and product development: from a sketch, past lines and measurements to products."""

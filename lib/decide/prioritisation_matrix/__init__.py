"""What the prioritisation matrix hands to other pages."""

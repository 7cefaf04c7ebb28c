"""Personalised storefront: the shop page as one shopper would see it, what it rests on, and whether it is worth it."""

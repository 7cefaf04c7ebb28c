"""The parts of the personalised storefront's page."""

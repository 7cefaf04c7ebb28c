"""Service assistant: answers from the house's policies and orders, and hands over what is a person's to decide."""

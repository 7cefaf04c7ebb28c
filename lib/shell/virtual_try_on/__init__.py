"""The virtual try-on page: who, what, how it is worn; size, movement, what goes with it."""

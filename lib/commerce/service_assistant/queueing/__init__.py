"""The queue of client service: what containment is worth in waiting time, agents and money."""

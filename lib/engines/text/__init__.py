"""Text engines: one module per provider, one request type, one retry loop, one place that explains faults."""

"""Durable, resumable bulk runs: jobs are rows in the database, done by a worker process of its own."""

"""What the Jobs page draws, and what a use case's page shows of a job of its own."""

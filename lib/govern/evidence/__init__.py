"""The evidence log as files: the runs with their verdicts, one run to read, and the seal of the log."""

"""The prioritisation matrix's page, in parts."""

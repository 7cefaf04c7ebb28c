"""What several people's scores say together: pooled, where they differ, and whether they agree."""

"""The risk and QA review: what is asked of a use case, what the workbench knows, scores, sign-off, and its card."""

"""The roadmap: which steps in which quarter, under the team's real capacity, and why not otherwise."""

"""The review queue: outputs read by people, samples of bulk jobs, and how well reviewers spot flaws."""

"""What a use case is worth in money, under the assumptions of its value sheet."""

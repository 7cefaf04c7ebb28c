"""Product ideation: white space in past lines, and four agents who propose, object and revise a shortlist."""

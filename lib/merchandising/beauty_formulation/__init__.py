"""Beauty formulation: which trial to weigh next, within what ingredients, law and targets allow."""

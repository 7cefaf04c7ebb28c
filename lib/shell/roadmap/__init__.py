"""The roadmap page: picture, capacity, questions to the model, and what the plan is made from."""

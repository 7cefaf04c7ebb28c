"""What fulfils a task: models, each behind one small interface, and the registry that knows them."""

"""The public history of a goal: what its published versions said, and what changed."""

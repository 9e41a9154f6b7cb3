"""From a concern to a person in at most three questions."""

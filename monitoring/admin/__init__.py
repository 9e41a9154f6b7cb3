"""The administration of the education monitoring."""

"""The administration of the action goals."""

"""The administration of the catalogue: offers for their providers, topics for staff."""

from offerings.admin import centres, offerings, topics  # noqa: F401  they register themselves

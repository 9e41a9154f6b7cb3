"""The administration of the action goals, along the tree period › goal › measure."""

from goals.admin import (  # noqa: F401  they register themselves
    bodies,
    challenges,
    goals,
    lists,
    mandates,
    measures,
    periods,
)

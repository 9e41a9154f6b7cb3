"""The administration of the action goals, along the tree period › goal › measure."""

from goals.admin import (  # noqa: F401  they register themselves
    bodies,
    challenges,
    conferences,
    evaluation,
    goals,
    lists,
    mandates,
    measures,
    news,
    notes,
    oparl,
    papers,
    periods,
    preview,
    reports,
)

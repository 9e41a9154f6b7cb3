from django.db import models


class FollowedChanges(models.Model):
    """Until when offers have followed changes of what their index is made from.

    One row (`number` 1) since the first time; a worker that was off for days goes on
    from there. `facts_version` is that of the facts all offers have at least
    (`offerings.facts.VERSION`).
    """

    number = models.PositiveSmallIntegerField(primary_key=True, default=1)
    until = models.DateTimeField()
    facts_version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=models.Q(number=1), name="followed_changes_one_row"
            ),
        )

    def __str__(self) -> str:
        return self.until.isoformat()

from django.db import models


class SeedRecord(models.Model):
    """What the content of the first start wrote into an entry, and into which.

    `values` are the values as written last, so that an update can tell a fact nobody
    touched from one that people edited. The record outlives its entry: what was
    deleted here is never restored.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    values = models.JSONField(default=dict)
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_seed_record")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

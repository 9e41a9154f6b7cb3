from django.db import models


class OfferingIndex(models.Model):
    """The facts of one offer as the filters need them, kept beside the wide row.

    Web processes hold all of them as bitmaps in memory and read only rows whose
    `changed_in` (id of the writing transaction) they have not surely seen: that
    is how every process answers with exactly the committed state. A removed offer
    leaves its row with `is_listed` false, so that others learn of it, and later the
    day `removed_on` in `facts` (`actions.forget_removed`).
    """

    offering_id = models.BigIntegerField(primary_key=True)
    is_listed = models.BooleanField()
    facts = models.JSONField(default=dict)
    changed_in = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return str(self.offering_id)

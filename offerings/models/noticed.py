from django.db import models


class NoticedOffering(models.Model):
    """What there is to tell of an offer to who follows a search (`offerings.noticed`).

    `facts` are digests of what readers would notice, by part ("dates", "price", …), as
    they are now; `seen` and `is_shown` are as the last look found them. `came_at`: when
    it came to the site, or back (`is_back`). `changed`: when each part last did.
    """

    offering_id = models.BigIntegerField(primary_key=True)
    facts = models.JSONField(default=dict)
    seen = models.JSONField(default=dict)
    is_shown = models.BooleanField(default=False)
    came_at = models.DateTimeField(null=True)
    is_back = models.BooleanField(default=False)
    changed = models.JSONField(default=dict)
    news_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.offering_id)

from django.db import models


class DailyFigure(models.Model):
    """How fresh the portal was on a day, in all and by district, topic or provider.

    Counts of entries on the site without samples; entries from documents that nobody
    ever confirmed are counted apart, in none of the others.
    """

    class Dimension(models.TextChoices):
        ALL = "all"
        KIND = "kind"
        DISTRICT = "district"
        TOPIC = "topic"
        ORGANISATION = "organisation"

    day = models.DateField()
    dimension = models.CharField(max_length=12, choices=Dimension.choices)
    key = models.CharField(max_length=100, blank=True)
    visible = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()
    documents = models.PositiveIntegerField()
    hidden = models.PositiveIntegerField()

    class Meta:
        ordering = ["-day", "dimension", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "dimension", "key"], name="one_figure_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.dimension} {self.key}"

from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import PublicContent, Sourced
from herne_bildung.lib.analyser import sort_key


class School(PublicContent, Sourced):
    """A school of the official list; the key is its number (Schulnummer)."""

    class Form(models.TextChoices):
        PRIMARY = "grundschule", _("primary school (Grundschule)")
        MAIN = "hauptschule", _("Hauptschule")
        REAL = "realschule", _("Realschule")
        SECONDARY = "sekundarschule", _("Sekundarschule")
        COMPREHENSIVE = "gesamtschule", _("comprehensive school (Gesamtschule)")
        GRAMMAR = "gymnasium", _("Gymnasium")
        SPECIAL = "foerderschule", _("special needs school (Förderschule)")
        VOCATIONAL = "berufskolleg", _("vocational college (Berufskolleg)")
        WALDORF = "waldorfschule", _("Waldorf school")
        EVENING = "weiterbildungskolleg", _("second-chance college")
        OTHER = "sonstige", _("other school")

    class AllDay(models.TextChoices):
        UNKNOWN = "", _("not known")
        NONE = "none", _("no all-day school")
        OPEN = "open", _("open all-day school")
        BOUND = "bound", _("compulsory all-day school")

    number = models.CharField(_("school number"), max_length=6, unique=True)
    slug = models.SlugField(_("address on the site"), max_length=120, unique=True)
    form = models.CharField(_("school form"), max_length=20, choices=Form.choices)
    name = models.CharField(_("name"), max_length=200)
    official_name = models.CharField(_("official addition"), max_length=200, blank=True)
    operator = models.CharField(_("operator (Schulträger)"), max_length=120, blank=True)
    is_private = models.BooleanField(_("private school"), null=True, blank=True)
    all_day = models.CharField(
        _("all-day form"), max_length=6, choices=AllDay.choices, blank=True
    )
    pupils = models.PositiveIntegerField(
        _("pupils, rounded to 5"), null=True, blank=True
    )
    pupils_year = models.CharField(_("school year of it"), max_length=7, blank=True)
    social_index = models.PositiveSmallIntegerField(
        _("social index of the school (1 low to 9 high burden)"), null=True, blank=True
    )
    social_index_year = models.CharField(
        _("school year of the index"), max_length=7, blank=True
    )
    is_startchancen = models.BooleanField(
        _("in the Startchancen programme"), null=True, blank=True
    )
    talent_school_since = models.PositiveSmallIntegerField(
        _("Talentschule since"), null=True, blank=True
    )
    place = models.ForeignKey(
        "city.Place",
        on_delete=models.PROTECT,
        related_name="schools",
        verbose_name=_("place"),
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("mailbox of the school"), blank=True)
    website = models.URLField(_("website"), blank=True)
    vanished_on = models.DateField(
        _("no longer in the official list since"), null=True, blank=True
    )
    sort_key = models.CharField(
        max_length=200, editable=False, db_index=True, db_collation="C"
    )

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__regex=r"^\d{6}$"),
                name="school_number_has_six_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(social_index=None)
                | models.Q(social_index__range=(1, 9)),
                name="school_social_index_1_to_9",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **options) -> None:
        self.sort_key = sort_key(self.name)[:200]
        super().save(*args, **options)

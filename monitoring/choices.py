"""Closed lists of the monitoring. A value that is empty is not known."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """What an area is, from the ground up."""

    SCHOOL = "school", _("single school")
    STATISTICAL = "statistisch", _("statistical district")
    QUARTER = "ortsteil", _("quarter (Ortsteil)")
    BOROUGH = "stadtbezirk", _("borough (Stadtbezirk)")
    CITY = "stadt", _("city")
    MUNICIPALITY = "gemeinde", _("municipality")
    COUNTY = "kreis", _("county or independent city")


# Parts of Herne, the city included: those have a page of their own.
OF_HERNE = (Level.CITY, Level.BOROUGH, Level.QUARTER, Level.STATISTICAL)


class ValueState(models.TextChoices):
    """Four different things: an observation is exactly one of them."""

    VALUE = "value", _("value")
    SUPPRESSED = "suppressed", _("kept secret to protect people")
    NOT_AVAILABLE = "missing", _("not available")
    NOT_APPLICABLE = "none", _("makes no sense here")


class Unit(models.TextChoices):
    """What a value is counted in."""

    NUMBER = "number", pgettext_lazy("unit", "number")
    PERSONS = "persons", _("people")
    PERCENT = "percent", _("percent")
    YEARS = "years", _("years")
    EURO = "euro", _("euros")
    EURO_PER_M2 = "euro_m2", _("euros per square metre")
    M2 = "m2", _("square metres")
    PER_100 = "per_100", _("per 100 people")
    PER_1000 = "per_1000", _("per 1,000 people")
    PER_10000 = "per_10000", _("per 10,000 people")
    INDEX = "index", _("index value")


class Measured(models.TextChoices):
    """What kind of figure an indicator is: decides how it is protected."""

    COUNT = "count", _("count")
    SHARE = "share", _("share of a base")
    SUM = "sum", _("sum of amounts")
    OTHER = "other", _("other figure (mean, rate, index)")


class Protection(models.TextChoices):
    """What happens to the values of an indicator before they are public."""

    PUBLISHED = "published", _("published by its source already: passes unchanged")
    PROTECTED = "protected", _("protected here: small counts are kept secret")


class Direction(models.TextChoices):
    """Which way is good for people."""

    NEUTRAL = "", _("neither")
    UP = "up", _("higher is better")
    DOWN = "down", _("lower is better")


class Cycle(models.TextChoices):
    """How often new values come."""

    UNKNOWN = "", _("not known")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    YEARLY = "yearly", _("every year")
    TWO_YEARS = "two_years", _("every two years")
    LONGER = "longer", _("more rarely")
    ONCE = "once", _("once only")


class BreakKind(models.TextChoices):
    """Why neighbouring values of a series cannot simply be compared."""

    BREAK = "break", _("break in the series")
    EXCEPTIONAL = "exceptional", _("exceptional year")


class ReleaseState(models.TextChoices):
    """A release is prepared, put on the site at a time, replaced or taken back."""

    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", pgettext_lazy("release", "current")
    SUPERSEDED = "superseded", pgettext_lazy("release", "replaced by a newer one")
    WITHDRAWN = "withdrawn", pgettext_lazy("release", "withdrawn")


# What was public once has a permanent address.
WAS_PUBLIC = (ReleaseState.PUBLISHED, ReleaseState.SUPERSEDED, ReleaseState.WITHDRAWN)


class RuleKind(models.TextChoices):
    """What an early warning looks for."""

    LEVEL = "level", _("a value above or below a limit")
    CHANGE = "change", _("a change against the value before")
    RANK = "rank", _("one of the last places among the areas")
    TREND = "trend", _("a trend over several periods")


class FindingOrigin(models.TextChoices):
    """Who noticed it."""

    STAFF = "staff", _("noticed by staff")
    WARNING = "warning", _("noticed by an early warning")


class FigureUse(models.TextChoices):
    """What a frozen figure says in a finding."""

    BASIS = "basis", _("the finding rests on it")
    EFFECT = "effect", _("shows what came of it")
    EVIDENCE = "evidence", _("evidence of a verdict")

"""Closed lists of counselling; their codes stand in addresses and exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """For whom an office is there."""

    EVERYONE = "everyone", _("everyone")
    FAMILIES = "families", _("families")
    CHILDREN = "children", _("children")
    YOUTH = "youth", _("young people")
    ADULTS = "adults", _("adults")
    WOMEN = "women", _("women")
    MEN = "men", _("men")
    SENIORS = "seniors", _("older people")
    NEWCOMERS = "newcomers", _("newcomers to Germany")
    PUPILS_NEW = "newcomer_pupils", _("pupils who have just come from abroad")
    AFTER_SCHOOL = (
        "newcomers_no_schooling",
        _("newcomers without compulsory schooling"),
    )
    FIRST_TO_STUDY = "first_to_study", _("first in the family to study")
    VOLUNTEERS = "volunteers", _("volunteers")
    TEACHERS = "teachers", _("teachers")
    SCHOOL_HEADS = "school_heads", _("school heads")


class Way(models.TextChoices):
    """How people are advised."""

    WALK_IN = "walk_in", _("without appointment")
    APPOINTMENT = "appointment", _("by appointment")
    PHONE = "phone", _("by telephone")
    VIDEO = "video", _("by video")
    HOME_VISIT = "home_visit", _("at your home")


class ConcernGroup(models.TextChoices):
    """Where in life a concern stands; groups of a long list."""

    CHILD = "child", _("My child")
    SCHOOL = "school", _("School")
    WORK = "work", _("Training and work")
    LANGUAGE = "language", _("German and arriving")
    LATER = "later", _("Volunteering and retirement")


class Hours(models.TextChoices):
    """What is known of opening hours."""

    UNKNOWN = "unknown", _("not known: please call")
    APPOINTMENT = "appointment", _("only by appointment")
    KNOWN = "known", _("as given below")

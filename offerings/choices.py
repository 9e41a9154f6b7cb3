"""Closed lists of the catalogue; their codes stand in addresses and exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")
    AT_HOME = "at_home", _("at your home")


class TargetGroup(models.TextChoices):
    EVERYONE = "everyone", _("everyone")
    FAMILIES = "families", _("families")
    PARENTS = "parents", _("parents")
    EXPECTANT = "expectant", _("expectant parents")
    FATHERS = "fathers", _("fathers")
    MOTHERS = "mothers", _("mothers")
    WOMEN = "women", _("women")
    MEN = "men", _("men")
    CHILDREN = "children", _("children")
    YOUTH = "youth", _("young people")
    ADULTS = "adults", _("adults")
    SENIORS = "seniors", _("older people")
    NEWCOMERS = "newcomers", _("newcomers to Germany")
    VOLUNTEERS = "volunteers", _("volunteers")
    TEACHERS = "teachers", _("teachers")
    EDUCATORS = "educators", _("educators in day care")
    SOCIAL_WORKERS = "social_workers", _("social workers")


class OnlyFor(models.TextChoices):
    """Others cannot take part. Empty: open to all, or not known."""

    FATHERS = "fathers", _("only for fathers")
    MOTHERS = "mothers", _("only for mothers")
    WOMEN = "women", _("only for women")
    MEN = "men", _("only for men")
    GIRLS = "girls", _("only for girls")
    BOYS = "boys", _("only for boys")


class PlacesLeft(models.TextChoices):
    FREE = "free", _("places free")
    WAITING_LIST = "waiting_list", _("waiting list")
    FULL = "full", _("full")


class FamilyNeed(models.TextChoices):
    """What families look for, as the family portal groups it."""

    MEET = "meet", _("Meet other families")
    ADVICE = "advice", _("Get advice")
    LEARN = "learn", _("Learn and play")
    CHILDCARE = "childcare", _("Childcare")
    LANGUAGE = "language", _("Language")
    HEALTH = "health", _("Health")


class QualityArea(models.TextChoices):
    """The areas of the quality profile of Herne's family centres, as the documentation
    of the education conference of 2017 names them (action goal 14).
    """

    FAMILY_EDUCATION = "family_education", _("Family education")
    FAMILY_COUNSELLING = "family_counselling", _("Family counselling")
    CHILD_DAY_CARE = "child_day_care", _("Child day care")
    FAMILY_AND_WORK = "family_and_work", _("Family and work")
    NEIGHBOURHOOD = "neighbourhood", _("In the neighbourhood")

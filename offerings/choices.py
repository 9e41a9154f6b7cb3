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

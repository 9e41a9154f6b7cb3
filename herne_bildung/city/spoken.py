"""Languages in which people can be helped."""

from django.db import models


class SpokenLanguage(models.TextChoices):
    """Named in themselves, so that all can find theirs; codes stand in addresses."""

    GERMAN = "de", "Deutsch"
    EASY_GERMAN = "de-simple", "Leichte Sprache"
    SIGN = "gsg", "Deutsche Gebärdensprache"
    ENGLISH = "en", "English"
    TURKISH = "tr", "Türkçe"
    ARABIC = "ar", "العربية"
    UKRAINIAN = "uk", "Українська"
    RUSSIAN = "ru", "Русский"
    POLISH = "pl", "Polski"
    ROMANIAN = "ro", "Română"
    BULGARIAN = "bg", "Български"
    PERSIAN = "fa", "فارسی"
    KURDISH = "ku", "Kurdî"
    SPANISH = "es", "Español"
    ITALIAN = "it", "Italiano"
    FRENCH = "fr", "Français"
    SERBIAN = "sr", "Srpski"
    ALBANIAN = "sq", "Shqip"
    ROMANI = "rom", "Romani"

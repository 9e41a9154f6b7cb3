"""Names of languages in forms: each in its own language, and read aloud in it."""

from typing import Any

from django.forms import CheckboxSelectMultiple, Select
from django.utils.html import format_html


class LanguageBoxes(CheckboxSelectMultiple):
    """Languages to tick, each read aloud in its own."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **more: Any):
        said = format_html('<bdi lang="{}">{}</bdi>', spoken_code(str(value)), label)
        return super().create_option(name, value, said, *args, **more)


class LanguageChoice(Select):
    """One of them."""

    def create_option(self, name: str, value: Any, *args: Any, **more: Any):
        option = super().create_option(name, value, *args, **more)
        option["attrs"] |= {"lang": spoken_code(str(value)), "dir": "auto"}
        return option


def spoken_code(code: str) -> str:
    """A variant is read as its language, and sign language by its German name."""
    return "de" if code == "gsg" else code.partition("-")[0]

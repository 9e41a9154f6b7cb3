"""What one chooses of something printed; lib.public_form says what protects it."""

import re
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.filters import district_choices
from herne_bildung.city.reference import districts
from herne_bildung.lib.languages import LANGUAGES
from herne_bildung.lib.public_form import PublicForm
from offerings.family.ages import age_groups
from offerings.family.filters import EARLIEST_MONTHS, OLDEST_MONTHS
from offerings.models import PrintOrder
from offerings.printing.notice import SHEETS
from offerings.printing.papers import PAPERS

SELECT = forms.Select(attrs={"class": "kern-form-input__select"})
Kind = PrintOrder.Kind
MONTHS = re.compile(r"-?[0-9]{1,3}", re.ASCII)


class PrintForm(PublicForm):
    """Paper and a second language."""

    marks_optional = False

    paper = forms.ChoiceField(
        label=_("Paper"), choices=[*PAPERS.items()], widget=SELECT
    )
    second = forms.ChoiceField(
        label=_("Second language"), required=False, widget=SELECT
    )

    def __init__(self, *arguments: Any, language: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.language = language
        others = [(o.code, o.native_name) for o in LANGUAGES if o.code != language]
        self.fields["second"].choices = [("", _("None")), *others]

    @property
    def choices(self) -> list[forms.BoundField]:
        """The fields that a page shows, in order: all but the bait."""
        return [self[name] for name in self.fields if name != "homepage"]

    @property
    def languages(self) -> list[str]:
        """The reader's language and the second one, of a valid form."""
        return [self.language, *filter(None, [self.cleaned_data["second"]])]


class FolderForm(PrintForm):
    """The folder for the welcome visit."""

    age_months = forms.ChoiceField(label=_("How old is your child?"), widget=SELECT)
    district = forms.ChoiceField(label=_("District"), required=False, widget=SELECT)
    field_order = ("age_months", "district", "paper", "second")

    def __init__(self, *arguments: Any, language: str, **options: Any) -> None:
        super().__init__(*arguments, language=language, **options)
        self.fields["age_months"].choices = [
            ("", _("Please choose")),
            *(
                (
                    group["label"],
                    [(one["value"], one["label"]) for one in group["choices"]],
                )
                for group in age_groups(self.chosen_age())
            ),
        ]
        self.fields["district"].choices = [
            ("", _("All of Herne")),
            *(
                (key, f"– {name}" if depth > 1 else name)
                for key, name, depth in district_choices(language, districts())
                if depth
            ),
        ]

    def chosen_age(self) -> int | None:
        """The age in months that is asked for; None where no child has it."""
        given = str(self.data.get("age_months") or self.initial.get("age_months", ""))
        age = int(given) if MONTHS.fullmatch(given) else None
        is_of_a_child = age is not None and EARLIEST_MONTHS <= age <= OLDEST_MONTHS
        return age if is_of_a_child else None

    @property
    def query(self) -> str:
        """The age and district of a valid form as an address has them."""
        asked = [(name, self.cleaned_data[name]) for name in ("age_months", "district")]
        return urlencode([(name, value) for name, value in asked if value])


class BookletForm(PrintForm):
    """A booklet, or a notice, of a list."""

    kind = forms.ChoiceField(
        label=_("What do you need?"),
        choices=[(one.value, one.label) for one in (Kind.BOOKLET, Kind.NOTICE)],
        initial=Kind.BOOKLET,
        widget=forms.RadioSelect,
    )
    order = forms.ChoiceField(
        label=_("In which order?"),
        choices=PrintOrder.Order.choices,
        initial=PrintOrder.Order.TOPIC,
        widget=forms.RadioSelect,
    )
    field_order = ("kind", "order", "paper", "second")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        text = _(
            "On a notice stand as many offers as one can read: usually %(a3)s on A3, "
            "%(a4)s on A4, %(a5)s on A5, in two languages half as many. It says how "
            "many more there are, and where."
        )
        usual = {paper: sheet.usual for paper, sheet in SHEETS.items()}
        self.fields["kind"].help_text = text % usual

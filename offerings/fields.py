"""Form fields that take what people write, for staff and for the links of mails."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from offerings.ages import BIRTH, age_in_words, months_from_words


class AgeField(forms.CharField):
    """An age in words; its value is months. It shows German words, whatever the
    language of the page: `months_from_words` understands these.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.widget.attrs["maxlength"] = 40

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        with override("de"):
            return age_in_words(value)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return value if isinstance(value, int) else None
        try:
            return months_from_words(super().to_python(value))
        except ValueError:
            raise ValidationError(
                _(
                    "“%(words)s” is no age. Please write for example: 3, 3 years, "
                    "18 months."
                ),
                params={"words": value},
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def check_ages(form: forms.ModelForm, values: dict[str, Any]) -> None:
    """An upper age alone begins at birth. One below the lower age is an error."""
    youngest, oldest = values.get("age_min_months"), values.get("age_max_months")
    is_known = oldest is not None and "age_min_months" not in form.errors
    if is_known and youngest is None:
        values["age_min_months"] = BIRTH
        form.changed_data.append("age_min_months")
    elif is_known and oldest < youngest:
        form.add_error("age_max_months", _("The upper age is below the lower one."))

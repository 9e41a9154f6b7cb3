"""Fields of the offer's form that take what people write."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin.day_inputs import is_sensible


class DaysField(forms.CharField):
    """Several days, separated by commas."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(date_format(day, "d.m.Y") for day in value)

    def to_python(self, value: Any) -> list[date]:
        if isinstance(value, list):
            return value
        words = [word for word in re.split(r"[,;\s]+", value or "") if word]
        return [self._day(word) for word in words]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial or "") != self.to_python(data)
        except ValidationError:
            return True

    def _day(self, word: str) -> date:
        try:
            day = forms.DateField().clean(word)
        except ValidationError:
            day = None
        if day is None or not is_sensible(day):
            raise ValidationError(
                _("“%(words)s” is no day. Please write days like 24.12.2026."),
                params={"words": word},
            )
        return day


class TopicIterator(ModelChoiceIterator):
    """Topics below their upper topic, which can be chosen too."""

    def __iter__(self) -> Iterator[tuple[str, list]]:
        topics = list(self.queryset)
        for upper in topics:
            if upper.parent_id is None:
                below = [one for one in topics if one.parent_id == upper.pk]
                yield str(upper), [self.choice(one) for one in [upper, *below]]


class TopicBoxes(forms.CheckboxSelectMultiple):
    """Boxes to tick, folded by upper topic; open where one is ticked."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> str:
        context = self.get_context(name, value, attrs)
        context["groups"] = [
            {
                "name": upper,
                "options": options,
                "is_open": any(option["selected"] for option in options),
            }
            for upper, options, _number in context["widget"]["optgroups"]
        ]
        return render_to_string("admin/offerings/offering/topics.html", context)


class TopicField(forms.ModelMultipleChoiceField):
    """The taxonomy as boxes to tick, grouped."""

    iterator = TopicIterator

    def __init__(self, queryset: Any, **options: Any) -> None:
        options["widget"] = TopicBoxes
        super().__init__(queryset, **options)

"""The form of a wave: it warns before it saves, and proposes weeks that are free."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.surveys import care_lists, collisions
from monitoring.surveys.free_weeks import propose
from monitoring.surveys.reach import Planned

PLACES = ("organisations", "schools", "districts")
# What decides whom a wave meets.
DECISIVE = {"instrument", "starts_on", "ends_on", "groups", "is_everywhere", *PLACES}


class WaveForm(forms.ModelForm):
    """A wave. Where it collides, it is saved only with a tick that belongs to exactly
    the collisions that were shown; all that was typed stays.
    """

    seen = forms.BooleanField(
        label=gettext_lazy("I have seen it: save all the same"),
        required=False,
        widget=forms.HiddenInput,
    )
    # Which collisions were shown beside the tick.
    seen_which = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not set(self.fields) >= DECISIVE or DECISIVE & set(self.errors):
            return values
        named = [name for name in PLACES if values[name]]
        if values["is_everywhere"] and named:
            text = _("Either all places of the city, or these alone.")
            self.add_error("is_everywhere", text)
        elif not values["is_everywhere"] and not named:
            self.add_error("is_everywhere", _("Where are people asked?"))
        elif values["ends_on"] >= values["starts_on"]:
            self._warn(values)
        return values

    def _warn(self, values: dict[str, Any]) -> None:
        is_new = self.instance.pk is None
        if not values["instrument"].is_survey:
            return
        if not is_new and not DECISIVE & set(self.changed_data):
            return
        wave = planned_of(values, self.instance.pk)
        checked = collisions.check(wave)
        lines = care_lists.collision_lines(wave, checked)
        if not lines:
            return
        which = signing.Signer(salt="collisions").signature("\n".join(lines))
        if values.get("seen") and values.get("seen_which") == which:
            return
        self.fields["seen"].widget = forms.CheckboxInput()
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_which")] = which
        self.data.pop(self.add_prefix("seen"), None)
        head = _("This survey collides with others:")
        self.add_error("seen", [head, *lines, care_lists.proposed(propose(wave))])


def planned_of(values: dict[str, Any], pk: int | None) -> Planned:
    """What the form says, as the calendar sees it."""
    return Planned(
        pk,
        values["starts_on"],
        values["ends_on"],
        groups=frozenset(one.pk for one in values["groups"]),
        is_everywhere=values["is_everywhere"],
        **{name: frozenset(one.pk for one in values[name]) for name in PLACES},
    )

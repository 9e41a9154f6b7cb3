"""Forms of the administration: what a list of codes looks like, what must fit."""

from typing import Any

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.forms.utils import ErrorDict
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin.base import leave_out_unless_chosen
from herne_bildung.city.admin.day_inputs import is_sensible
from herne_bildung.city.admin.row_fields import LOOKING
from herne_bildung.city.language_names import LanguageBoxes
from herne_bildung.city.phone_form import PhoneForm
from herne_bildung.city.spoken import SpokenLanguage
from offerings.admin.family_centres import has_family_centre
from offerings.admin.help import OFFER
from offerings.admin.layout import PLACES_STILL, QUALITY_AREAS
from offerings.choices import OnlyFor, PlacesLeft, QualityArea, TargetGroup
from offerings.current.places_left import noted_today
from offerings.fields import AgeField, check_ages
from offerings.models import Offering

HIDDEN_STATES = (Offering.State.DRAFT, Offering.State.ARCHIVED)
STATES_OF_CARE = (Offering.State.UNCONFIRMED, Offering.State.ENDED)
DAYS = (
    "starts_on",
    "ends_on",
    "paused_from",
    "paused_until",
    "visible_from",
    "visible_until",
)


class OfferingForm(PhoneForm, forms.ModelForm):
    """An offer. Whoever takes it off the site or archives it says why."""

    # Set for a request: shown again without being saved; of whoever may say areas of
    # the quality profile for all organisations; values to begin with.
    is_only_shown = False
    is_of_staff = False
    begins_with: dict[str, Any] = {}

    age_min_months = AgeField(label=_("from age"))
    age_max_months = AgeField(label=_("up to age"))
    target_groups = forms.MultipleChoiceField(
        label=_("for whom"),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    only_for = forms.ChoiceField(
        label=_("only for"),
        choices=[("", _("not limited, or not known")), *OnlyFor.choices],
        required=False,
    )
    places_left = forms.ChoiceField(
        label=_("places left"),
        choices=[("", _("not known")), *PlacesLeft.choices],
        required=False,
    )
    places_still = forms.BooleanField(label=_("still so today"), required=False)
    quality_areas = forms.MultipleChoiceField(
        label=_("areas of the quality profile of family centres"),
        choices=QualityArea.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("languages of the offer"),
        choices=SpokenLanguage.choices,
        widget=LanguageBoxes,
        required=False,
    )
    reason = forms.CharField(
        label=_("why it is taken off the site"),
        help_text=_("Needed when a published offer becomes a draft or is archived."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        left_out = STATES_OF_CARE
        if self.instance.pk is None:
            # What was never on the site is not taken off it.
            left_out += (Offering.State.ARCHIVED,)
        leave_out_unless_chosen(self, "state", left_out)
        for name in ("title_de", "summary_de"):
            if name in self.fields:
                self.fields[name].required = True
        for name, text in OFFER.items():
            if name in self.fields:
                self.fields[name].help_text = text
        noted_on = self.instance.places_left_on
        if PLACES_STILL in self.fields and noted_on:
            self.fields[PLACES_STILL].help_text = gettext("noted on %(day)s") % {
                "day": date_format(noted_on, "SHORT_DATE_FORMAT")
            }
        self.initial.update(self.begins_with)
        self._state_before = self.instance.state if self.instance.pk else ""

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_only_shown

    def full_clean(self) -> None:
        """What is only shown again is not blamed for being half done; but what was
        looked for says whether it was found.
        """
        super().full_clean()
        if self.is_only_shown:
            kept = {
                name: found
                for name, found in self._errors.items()
                if found.as_data()[0].code == LOOKING
            }
            self._errors = ErrorDict(kept, renderer=self.renderer)

    @property
    def hides(self) -> bool:
        """Whether saving takes a published offer off the site."""
        return (
            self._state_before == Offering.State.PUBLISHED
            and self.cleaned_data.get("state") in HIDDEN_STATES
        )

    @property
    def archives(self) -> bool:
        """Whether saving puts an offer into the archive."""
        return (
            self._state_before not in {"", Offering.State.ARCHIVED}
            and self.cleaned_data.get("state") == Offering.State.ARCHIVED
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        check_ages(self, values)
        for name in DAYS:
            if values.get(name) and not is_sensible(values[name]):
                self.add_error(name, _("Please look at the year again."))
        for first, last in zip(DAYS[::2], DAYS[1::2], strict=True):
            begin, end = values.get(first), values.get(last)
            if begin and end and end < begin:
                self.add_error(last, _("This day is before the first one."))
        if values.get("paused_until") and not values.get("paused_from"):
            self.add_error("paused_from", _("A pause needs its first day."))
        if values.get(QUALITY_AREAS) and not self._may_have_areas(values):
            self.add_error(
                QUALITY_AREAS, _("Only for offers of family centres and their Kitas.")
            )
        is_reason_needed = self.hides or self.archives
        if is_reason_needed and not (values.get("reason") or "").strip():
            self.add_error("reason", _("Please say why, for the provider is told."))
        return values

    def _may_have_areas(self, values: dict[str, Any]) -> bool:
        """By the provider that was chosen: someone may write for several."""
        if self.is_of_staff:
            return True
        provider = values.get("provider") or self.instance.provider
        return provider is not None and has_family_centre([provider.pk])

    def save(self, commit: bool = True) -> Offering:
        """With the day on which places left were said, where they were said now."""
        is_said = {"places_left", PLACES_STILL}.intersection(self.changed_data)
        if is_said and "places_left" in self.fields:
            noted_today(self.instance)
        return super().save(commit)


class ReasonActionForm(ActionForm):
    """Actions on a list, with room for the reason of archiving."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, strip=True
    )

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import Place
from herne_bildung.freshness.forms import CorrectionForm
from offerings.choices import PlacesLeft
from offerings.current.fields import CANCELLED, TIMES, DaysOfDates, SeasonFields
from offerings.fields import AgeField, check_ages
from offerings.models import CostOption, Offering, Schedule

PRICE = {"price": "amount", "price_per": "per"}


def clock_field(label: Any, *, required: bool) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=required, widget=widget)


class NamesInGerman(forms.Select):
    """A choice among names of the portal, which are German on every page."""

    def create_option(self, name: str, value: Any, *rest: Any, **more: Any) -> dict:
        option = super().create_option(name, value, *rest, **more)
        if value:
            option["attrs"] |= {"lang": "de", "dir": "ltr"}
        return option


class OfferingCorrection(SeasonFields, CorrectionForm):
    """The facts of an offer a provider corrects from a reminder, without a login.

    Days and times are among them where the offer takes place every week at one time,
    the price where there is one at most, the place where it is one of the provider's;
    what is more complicated is told in words.
    """

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    start_time = clock_field(_("from"), required=True)
    end_time = clock_field(_("to"), required=False)
    cancelled_days = DaysOfDates(
        label=_("Is one of the next dates cancelled?"), required=False
    )
    places_left = forms.ChoiceField(
        label=_("places left"),
        choices=[("", _("not known")), *PlacesLeft.choices],
        required=False,
    )
    place = forms.ModelChoiceField(
        label=_("Where?"),
        queryset=Place.objects.all(),
        required=False,
        empty_label=_("no fixed place"),
        widget=NamesInGerman,
    )
    price = forms.DecimalField(
        label=_("Price in euros"),
        help_text=_("For example 12.50. Empty: no price is known."),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=7,
        decimal_places=2,
    )
    price_per = forms.ChoiceField(
        label=_("What is the price for?"),
        required=False,
        choices=CostOption.Per.choices,
    )
    age_min_months = AgeField(
        label=_("from age"),
        help_text=_("For example: 3, 3 years, 18 months. A number alone is years."),
    )
    age_max_months = AgeField(
        label=_("up to age"),
        help_text=_(
            "For example: 6 years. Without a lower age: from birth. Empty: no upper "
            "age."
        ),
    )

    field_order = (
        "title_de",
        "summary_de",
        *TIMES,
        CANCELLED,
        "starts_on",
        "ends_on",
        "paused_from",
        "paused_until",
        "places_left",
        "place",
        "is_free",
        *PRICE,
    )

    class Meta(CorrectionForm.Meta):
        model = Offering
        fields = [
            "title_de",
            "summary_de",
            "next_step_de",
            "starts_on",
            "ends_on",
            "paused_from",
            "paused_until",
            "places_left",
            "is_free",
            "registration",
            "registration_url",
            "phone",
            "email",
            "website",
            "age_min_months",
            "age_max_months",
            "description_de",
        ]
        labels = {
            "title_de": _("title"),
            "summary_de": _("In short"),
            "next_step_de": _("how do I take part"),
            "description_de": _("description"),
        }
        widgets = {"summary_de": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.schedule = weekly_schedule(self.instance)
        self._fill({name: name for name in TIMES}, self.schedule)
        self.cost = only_price(self.instance)
        self._fill(PRICE, self.cost)
        self._offer_places()
        self.show_dates()

    def _fill(self, columns: dict[str, str], source: Any | None) -> None:
        """Show these fields with what the source says; without one, not at all."""
        for name, column in columns.items():
            if source is None:
                del self.fields[name]
            else:
                self.initial[name] = getattr(source, column)

    def _offer_places(self) -> None:
        """The places of the provider to choose from, and the one it is at."""
        own = list(self.instance.places.all()) if self.instance.pk else []
        provider = self.instance.provider_id or 0
        known = Place.objects.filter(organisations=provider)
        present = Place.objects.filter(pk__in=[place.pk for place in own])
        if len(own) > 1 or not known.exists():
            del self.fields["place"]
            return
        self.fields["place"].queryset = (known | present).distinct()
        self.initial["place"] = own[0].pk if own else None

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        check_ages(self, values)
        self.check_pause(values)
        self.check_moved_dates(values)
        if {*PRICE, "is_free"} & {*self.changed_data} and "price" in self.fields:
            is_free = values.get("is_free", self.instance.is_free)
            if is_free and values.get("price"):
                self.add_error(
                    "price",
                    _("It cannot be free of charge and have a price: take one away."),
                )
        return values

    def save(self, commit: bool = True) -> Offering:
        """The offer; and of days, times, price and place what was changed."""
        self.note_places()
        offering = super().save(commit)
        self.save_dates(offering)
        changed = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.changed_data
        }
        times = [name for name in TIMES if name in changed]
        if self.schedule is not None and times:
            for name in times:
                setattr(self.schedule, name, changed[name])
            self.schedule.save(update_fields=times)
        if self.cost is not None and {*PRICE} & {*changed}:
            self._save_price(changed)
        if "place" in changed:
            offering.places.set(filter(None, [changed["place"]]))
        return offering

    def _save_price(self, changed: dict[str, Any]) -> None:
        self.cost.amount = changed.get("price", self.cost.amount)
        self.cost.per = changed.get("price_per", self.cost.per)
        if self.cost.amount is not None:
            self.cost.save()
        elif self.cost.pk:
            self.cost.delete()


def weekly_schedule(offering: Offering) -> Schedule | None:
    """The one schedule of an offer, when it simply names days of every week."""
    schedules = list(offering.schedules.all()) if offering.pk else []
    if len(schedules) != 1:
        return None
    [found] = schedules
    is_simple = found.frequency == Schedule.Frequency.WEEKLY and found.weekdays
    return found if is_simple else None


def only_price(offering: Offering) -> CostOption | None:
    """The one price of an offer, or a new one where it has none; None where there are
    several or a special one, such as for families.
    """
    found = list(offering.cost_options.all()) if offering.pk else []
    if not found:
        return CostOption(offering=offering, amount=None)
    is_simple = len(found) == 1 and found[0].kind == CostOption.Kind.REGULAR
    return found[0] if is_simple else None

"""Pages for one offer at several places: making the series, following its template."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.city.admin.pages import show, words_of
from herne_bildung.city.models import Organisation, Place
from herne_bildung.city.rights import (
    reached_organisations,
    sees_everything,
)
from herne_bildung.city.versions import declared_for
from herne_bildung.city.versions.waiting import may_save
from herne_bildung.lib.row_keys import row_key
from offerings.admin.own_offering import OwnOffering
from offerings.models import Offering
from offerings.series import SHARED, value
from offerings.series_actions import keep_own, make_series, pairs_of, take_over
from offerings.series_words import news_in_words

MOST_FOUND = 40
MOST_CHOSEN = 100
MOST_MEMBERS = 60
TAKEN = "uebernehmen"


class SeriesPages(OwnOffering):
    """Adds to an admin class of offers what series need."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/reihe/",
                wrap(self.series_view),
                name="offerings_offering_series",
            ),
            path(
                "<int:pk>/vorlage/",
                wrap(self.template_view),
                name="offerings_offering_template",
            ),
            *super().get_urls(),
        ]

    def series_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose organisations and places; each gets a draft linked to this offer."""
        template = self.changeable(request, pk)
        if template.template_id or not self.has_add_permission(request):
            raise PermissionDenied
        chosen = self._ticked(request)
        if "_make" in request.POST and chosen:
            made = make_series(
                template,
                chosen,
                by=request.user,
                with_dates="with_dates" in request.POST,
                with_prices="with_prices" in request.POST,
            )
            for member in made:
                self.log_addition(request, member, [{"added": {}}])
            text = ngettext(
                "%(number)s draft made. Now fill in what is different there.",
                "%(number)s drafts made. Now fill in what is different there.",
                len(made),
            ) % {"number": len(made)}
            messages.success(request, text)
            return redirect("admin:offerings_offering_change", template.pk)
        if "_make" in request.POST:
            messages.error(request, _("Please choose at least one place."))
        return show(
            request,
            "admin/offerings/offering/series.html",
            _("Series for several places"),
            offering=template,
            rows=self._choices(request, template, chosen),
            words=words_of(request, "words"),
            most=MOST_FOUND,
            sent=request.POST,
        )

    def template_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take over, or not, what the template changed; everywhere, if it is one."""
        offering = self.changeable(request, pk)
        if request.method != "POST":
            raise Http404
        back = redirect("admin:offerings_offering_change", offering.pk)
        if "_everywhere" in request.POST:
            self._take_over_everywhere(request, offering)
            return back
        template = self._visible_template(request, offering)
        if template is None:
            raise PermissionDenied
        is_all = "_all" in request.POST or "_keep" in request.POST
        wanted = offering.template_news if is_all else request.POST.getlist("take")
        names = [name for name in wanted if name in offering.template_news]
        if not names:
            messages.error(request, _("Please choose what to take over."))
        elif "_keep" in request.POST:
            keep_own(offering, names)
            messages.success(request, _("It stays as it is here."))
        elif self._writes_at_once(request, offering):
            take_over(offering, names, by=request.user)
            self.log_change(request, offering, _("Taken over from the template"))
            messages.success(request, _("Taken over from the template."))
        else:
            # It waits for approval as everything else the form sends.
            messages.info(request, _("Please look at the new values and save them."))
            return redirect(f"{back.url}?{urlencode({TAKEN: ','.join(names)})}")
        return back

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        more = {"series": self._series(request, object_id), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, more)

    def get_form(
        self, request: HttpRequest, obj: Offering | None = None, **options: Any
    ) -> type[ModelForm]:
        """With values of the template where the address asks for them."""
        form = super().get_form(request, obj, **options)
        names = [
            name for name in request.GET.get(TAKEN, "").split(",") if name in SHARED
        ]
        template = self._visible_template(request, obj) if obj and names else None
        if template is not None:
            form.begins_with = {
                column: value(template, column)
                if column == "topics"
                else getattr(template, column)
                for name in names
                for column in SHARED[name]
            }
        return form

    def _visible_template(
        self, request: HttpRequest, member: Offering
    ) -> Offering | None:
        """The template of an offer, if the person or the public may see it."""
        if member.template_id is None:
            return None
        template = Offering.objects.get(pk=member.template_id)
        is_public = template.state == Offering.State.PUBLISHED
        if is_public or self.get_queryset(request).filter(pk=template.pk).exists():
            return template
        return None

    def _writes_at_once(self, request: HttpRequest, member: Offering) -> bool:
        declared = declared_for(member)
        is_public = declared.is_public(member)
        return may_save(
            request.user,
            declared,
            [member.provider_id],
            was_public=is_public,
            is_public=is_public,
        )

    def _take_over_everywhere(self, request: HttpRequest, template: Offering) -> None:
        members = self._own_members(request, template).exclude(template_news=[])
        changed = waiting = 0
        for member in members:
            if self._writes_at_once(request, member):
                take_over(member, member.template_news, by=request.user)
                changed += 1
            else:
                waiting += 1
        text = ngettext(
            "%(number)s offer changed.", "%(number)s offers changed.", changed
        ) % {"number": changed}
        messages.success(request, text)
        if waiting:
            text = _("Please take it over one by one where it has to be approved.")
            messages.warning(request, text)

    def _own_members(self, request: HttpRequest, template: Offering) -> QuerySet:
        members = (
            Offering.objects.filter(template=template)
            .select_related("provider")
            .prefetch_related("places")
        )
        if sees_everything(request.user):
            return members
        return members.filter(provider__in=reached_organisations(request.user))

    def _series(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """What the form says above its fields about a series."""
        pk = row_key(object_id)
        offering = self.get_queryset(request).filter(pk=pk).first() if pk else None
        if offering is None or not self.has_change_permission(request, offering):
            return {}
        if offering.template_id is None:
            members = list(self._own_members(request, offering)[:MOST_MEMBERS])
            return {
                "members": members,
                "with_news": sum(bool(member.template_news) for member in members),
                "may_make": self.has_add_permission(request),
            }
        template = self._visible_template(request, offering)
        if template is None:
            return {}
        is_reached = self.get_queryset(request).filter(pk=template.pk).exists()
        return {
            "template": template,
            "template_path": reverse(
                "admin:offerings_offering_change", args=[template.pk]
            )
            if is_reached
            else "",
            "news": news_in_words(offering, template) if offering.template_news else [],
        }

    def _possible(self, request: HttpRequest) -> QuerySet:
        """Those for which the person may make offers."""
        organisations = Organisation.objects.listed().prefetch_related("places")
        if sees_everything(request.user):
            return organisations
        return organisations.filter(pk__in=reached_organisations(request.user))

    def _ticked(self, request: HttpRequest) -> list[tuple[Organisation, Place | None]]:
        """Pairs that were ticked, of organisations the person reaches and their own
        places; everything else is no choice of this form.
        """
        raw = [one.split("-") for one in request.POST.getlist("for")[:MOST_CHOSEN]]
        pairs = [(row_key(one[0]), row_key(one[-1])) for one in raw if len(one) == 2]
        wanted = [pk for pk, _place in pairs]
        known = {one.pk: one for one in self._possible(request).filter(pk__in=wanted)}
        found = []
        for pk, place_pk in pairs:
            places = (
                {one.pk: one for one in known[pk].places.all()} if pk in known else {}
            )
            if pk in known and (place_pk in places or (not place_pk and not places)):
                found.append((known[pk], places.get(place_pk)))
        return found

    def _choices(
        self,
        request: HttpRequest,
        template: Offering,
        chosen: list[tuple[Organisation, Place | None]],
    ) -> list[dict[str, Any]]:
        """What can be ticked: what is ticked already, then what was looked for."""
        words = words_of(request, "words")
        organisations = self._possible(request)
        if words:
            organisations = organisations.filter(name_de__icontains=words)
        elif sees_everything(request.user):
            organisations = organisations.filter(parent=template.provider_id)
        pairs = list(chosen)
        for organisation in organisations[:MOST_FOUND]:
            for place in list(organisation.places.all()) or [None]:
                pairs.append((organisation, place))
        taken = pairs_of(template)
        ticked = {key_of(*pair) for pair in chosen}
        rows = {
            key_of(organisation, place): {
                "key": key_of(organisation, place),
                "organisation": organisation,
                "place": place,
                "is_ticked": key_of(organisation, place) in ticked,
                "is_there": (organisation.pk, place and place.pk) in taken,
            }
            for organisation, place in pairs
        }
        return list(rows.values())


def key_of(organisation: Organisation, place: Place | None) -> str:
    return f"{organisation.pk}-{place.pk if place else ''}"

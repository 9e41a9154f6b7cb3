"""Every public page, found by walking the address resolver: a new one joins by itself.

An address with a part like <slug> needs an example in `EXAMPLES`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

from herne_bildung.lib.languages import CODES, DEFAULT_LANGUAGE

# Not for everyone: staff or development only.
NOT_PUBLIC = {"components"}
# For programs; a browser saves or lists them.
FILES = {
    "body_calendar",
    "feed",
    "network_calendar",
    "news_feed",
    "offering_calendar",
    "report_docx",
    "report_pdf",
}
# Behind links of mails: their address is a secret.
SECRET = {
    "care",
    "care_correct",
    "care_ended",
    "care_not_mine",
    "care_opt_out",
    "care_invitation",
    "offering_preview",
    "subscription_confirm",
    "subscriptions",
    "subscriptions_end",
}
# Forms and receipts stand on addresses that no cache may keep.
NEVER_KEPT = {
    "report_barrier",
    "barrier_reported",
    "report_error",
    "error_reported",
    "subscribe",
    "subscription_asked",
    "subscriptions_ended",
    "write_note",
    "note_received",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A public address in German; `rest` is what follows the language."""

    name: str
    rest: str

    @property
    def may_be_kept(self) -> bool:
        return self.name not in NEVER_KEPT | SECRET

    @property
    def may_be_framed(self) -> bool:
        """By our own pages: beside another language."""
        return self.may_be_kept and self.name not in FILES | {"side_by_side"}

    def address(self, language: str) -> str:
        return f"/{language}/{self.rest}"


def offerings() -> list[dict[str, str]]:
    """Seeded and sample offers, with and without places, dates and provider."""
    from offerings.models import Offering

    shown = Offering.objects.filter(state=Offering.State.PUBLISHED)
    seeded, samples = shown.filter(is_sample=False), shown.filter(is_sample=True)
    found = [
        seeded.first(),
        seeded.filter(provider=None).first(),
        seeded.exclude(successor=None).first(),
        samples.filter(schedules__isnull=False).first(),
        samples.exclude(cost_options=None).first(),
    ]
    return [{"slug": slug} for slug in sorted({one.slug for one in found if one})]


def providers() -> list[dict[str, str]]:
    from herne_bildung.city.models import Organisation

    offering = Organisation.objects.exclude(offerings=None)
    found = [
        offering.filter(is_sample=False).first(),
        offering.filter(is_sample=True).first(),
        Organisation.objects.filter(offerings=None, is_provider=True).first(),
    ]
    return [{"slug": one.slug} for one in found if one]


def schools() -> list[dict[str, str]]:
    from herne_bildung.city.models import School

    return [{"slug": one.slug} for one in School.objects.all()[:2]]


def calendars() -> list[dict[str, str]]:
    """Calendar files: real offers with dates; there may be none in the seed."""
    from offerings.models import Offering

    found = Offering.objects.filter(is_sample=False, schedules__isnull=False).first()
    return [{"slug": found.slug}] if found else []


def reported() -> list[dict[str, Any]]:
    """The form for errors of an offer, of a provider, and of what is made up."""
    from herne_bildung.city.models import Organisation
    from offerings.models import Offering

    shown = Offering.objects.filter(state=Offering.State.PUBLISHED)
    providers = Organisation.objects.listed().filter(is_provider=True)
    return [
        {"kind": kind, "entry": found.pk}
        for kind, found in (
            ("offering", shown.filter(is_sample=False).first()),
            ("offering", shown.filter(is_sample=True).first()),
            ("organisation", providers.filter(is_sample=False).first()),
        )
        if found
    ]


def drafts() -> list[dict[str, str]]:
    """The link of a draft for colleagues."""
    from offerings.models import Offering
    from offerings.preview import preview_path

    draft, _ = Offering.objects.get_or_create(
        slug="entwurf", title_de="Entwurf", summary_de="Noch nicht öffentlich."
    )
    return [{"token": preview_path(draft).rstrip("/").rpartition("/")[2]}]


def reminders() -> list[dict[str, Any]]:
    """A reminder about a seeded provider and one of its offers."""
    from herne_bildung.freshness.tests.digests import example_digest
    from herne_bildung.freshness.tokens import token_of

    return [{"token": token_of(example_digest())}]


def questions() -> list[dict[str, Any]]:
    """One entry of that reminder."""
    from herne_bildung.freshness.tests.digests import example_digest

    item = example_digest().items.first()
    return [{**one, "item": item.pk} for one in reminders()]


def invitations() -> list[dict[str, Any]]:
    from herne_bildung.freshness.tests.digests import example_invitation

    return [{"token": example_invitation().split("/")[-2]}]


def followable() -> list[dict[str, str]]:
    """Something of each kind that readers can follow by mail, where there is any."""
    from goals.models import Goal
    from herne_bildung.freshness.subscriptions import kinds

    goal = Goal.objects.published().select_related("period").first()
    keys = {"news": "alle"}
    if goal is not None:
        keys |= {"goal": str(goal.pk), "goal_period": str(goal.period_id)}
    known = [name for name in keys if name in kinds()]
    return [{"word": kinds()[name].word, "key": keys[name]} for name in known]


def to_confirm() -> list[dict[str, str]]:
    """The link of a mail that asks whether somebody wants to follow something."""
    from herne_bildung.freshness.tests.following import example_subscription

    return [{"token": example_subscription(is_confirmed=False).split("/")[-2]}]


def managed() -> list[dict[str, str]]:
    """The link of what an address follows."""
    from herne_bildung.freshness.tests.following import example_subscription

    return [{"token": example_subscription(is_confirmed=True).split("/")[-2]}]


def news_items() -> list[dict[str, str]]:
    """No news are seeded: one of the tests."""
    from goals.models import NewsItem
    from goals.tests.factories import make_news

    found = NewsItem.objects.filter(slug="neues").first()
    return [{"slug": (found or make_news("Neues aus dem Netzwerk", slug="neues")).slug}]


def offices() -> list[dict[str, str]]:
    """A seeded office, one that was only planned, and one with opening hours."""
    from counselling.models import CounsellingOffice
    from counselling.tests.factories import make_office

    open_one = CounsellingOffice.objects.filter(slug="mit-zeiten").first()
    open_one = open_one or make_office(
        slug="mit-zeiten", is_sample=True, hours=[(1, "09:00", "12:00")]
    )
    seeded = CounsellingOffice.objects.filter(is_sample=False)
    found = [
        seeded.filter(state="published").first(),
        seeded.filter(state="planned").first(),
        open_one,
    ]
    return [{"slug": one.slug} for one in found if one]


def slips() -> list[dict[str, str]]:
    """The same without what is history."""
    from counselling.models import CounsellingOffice

    published = set(
        CounsellingOffice.objects.published().values_list("slug", flat=True)
    )
    return [one for one in offices() if one["slug"] in published]


def routes() -> list[dict[str, str]]:
    from counselling.models import Route

    return [{"slug": one.slug} for one in Route.objects.filter(is_published=True)]


def papers() -> list[dict[str, str]]:
    """A paper with consultations, a resolution and mandates, and one without."""
    from goals.models import CouncilPaper
    from goals.tests.papers import example_papers

    seeded = CouncilPaper.objects.published().filter(is_sample=False)[:4]
    return [{"slug": one.slug} for one in [*seeded, *example_papers()]]


def bodies() -> list[dict[str, str]]:
    """A seeded body, and one with dates, papers and a contact role."""
    from goals.models import Body
    from goals.tests.factories import make_whole_body

    whole = Body.objects.filter(slug="ganzer-kreis").first()
    whole = whole or make_whole_body(slug="ganzer-kreis")
    seeded = Body.objects.published().exclude(pk=whole.pk).first()
    return [{"slug": one.slug} for one in (seeded, whole) if one]


def periods() -> list[dict[str, str]]:
    from goals.models import Period

    return [{"period": one.slug} for one in Period.objects.published()]


def goals() -> list[dict[str, str]]:
    """Two goals of each period."""
    from goals.models import Goal, Period

    shown = Goal.objects.published().select_related("period")
    return [
        {"period": goal.period.slug, "slug": goal.slug}
        for period in Period.objects.published()
        for goal in shown.filter(period=period)[:2]
    ]


def goal_histories() -> list[dict[str, str]]:
    """A goal that changed, and one that never did."""
    from goals.tests.factories import make_changed_goal

    changed = make_changed_goal()
    return [{"period": changed.period.slug, "slug": changed.slug}, *goals()[:1]]


def conferences() -> list[dict[str, str]]:
    from goals.conferences.tests import examples

    return examples.conferences()


def evaluations() -> list[dict[str, str]]:
    from goals.evaluation.tests import examples

    return examples.evaluations()


def posters() -> list[dict[str, str]]:
    from goals.conferences.tests import examples

    return examples.posters()


def reports() -> list[dict[str, str]]:
    """A public report about a seeded period."""
    from goals.models import Period, Report
    from goals.reports.tests.factories import make_released

    found = Report.objects.released().first()
    found = found or make_released(Period.objects.published().last())
    return [{"slug": found.slug}]


EXAMPLES: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "body": bodies,
    "body_calendar": bodies,
    "care": reminders,
    "care_correct": questions,
    "care_ended": questions,
    "care_invitation": invitations,
    "care_not_mine": questions,
    "care_opt_out": reminders,
    "conference": conferences,
    "evaluation": evaluations,
    "note_code": posters,
    "note_codes": conferences,
    "note_received": posters,
    "news_item": news_items,
    "offering": offerings,
    "offering_calendar": calendars,
    "offering_preview": drafts,
    "office": offices,
    "paper": papers,
    "poster": posters,
    "posters": conferences,
    "provider": providers,
    "report": reports,
    "report_docx": reports,
    "report_error": reported,
    "report_pdf": reports,
    "error_reported": reported,
    "goal": goals,
    "goal_history": goal_histories,
    "period": periods,
    "route": routes,
    "school": schools,
    "screen": conferences,
    "slip": slips,
    "subscribe": followable,
    "subscription_asked": followable,
    "subscription_confirm": to_confirm,
    "subscriptions": managed,
    "subscriptions_end": managed,
    "write_note": posters,
}


def patterns() -> Iterator[URLPattern]:
    """Every address pattern below the language."""
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and isinstance(
            entry.pattern, LocalePrefixPattern
        ):
            yield from _leaves(entry)


def _leaves(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _leaves(entry)
        else:
            yield entry


def public_pages() -> list[Page]:
    """Every public page that there is content for; needs the database."""
    found = []
    with translation.override(DEFAULT_LANGUAGE):
        for pattern in patterns():
            if pattern.name in NOT_PUBLIC:
                continue
            has_parts = bool(pattern.pattern.converters)
            for values in EXAMPLES[pattern.name]() if has_parts else [{}]:
                address = reverse(pattern.name, kwargs=values)
                found.append(Page(pattern.name, address.split("/", 2)[2]))
    return found


def addresses(found: list[Page]) -> Iterator[tuple[Page, str, str]]:
    """(page, language, address) of each page in each language."""
    for page in found:
        for language in CODES:
            yield page, language, page.address(language)

"""Examples of public addresses with a part like <slug>: what each is filled with.

Models are imported where they are used: this is read before Django is set up.
"""

from collections.abc import Callable
from typing import Any

from herne_bildung.tests import goal_examples as goals
from herne_bildung.tests import monitoring_examples as monitoring


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

    offering = Organisation.objects.exclude(offerings=None).filter(family_centre=None)
    found = [
        offering.filter(is_sample=False).first(),
        offering.filter(is_sample=True).first(),
        Organisation.objects.filter(offerings=None, is_provider=True).first(),
    ]
    return [{"slug": one.slug} for one in found if one]


def family_centres() -> list[dict[str, str]]:
    """One with Kitas, hours and offers; samples, for the seed has none."""
    from herne_bildung.city.models import Organisation
    from offerings.models import FamilyCentre
    from offerings.samples.centres import add

    if not FamilyCentre.objects.exists():
        add()
    shown = FamilyCentre.objects.filter(organisation__status=Organisation.Status.ACTIVE)
    return [{"slug": one.organisation.slug} for one in shown[:2]]


def schools() -> list[dict[str, str]]:
    from herne_bildung.city.models import School

    return [{"slug": one.slug} for one in School.objects.all()[:2]]


def calendars() -> list[dict[str, str]]:
    """Calendar files: real offers with dates; there may be none in the seed."""
    from offerings.models import Offering

    found = Offering.objects.filter(is_sample=False, schedules__isnull=False).first()
    return [{"slug": found.slug}] if found else []


def posters() -> list[dict[str, str]]:
    """Of one offer: making one takes longer than a page."""
    return offerings()[:1]


def print_orders() -> list[dict[str, str]]:
    """A notice of few offers, made at once."""
    from offerings.models import PrintOrder
    from offerings.printing import work

    order, is_new = PrintOrder.objects.get_or_create(
        form_key="example",
        defaults={"kind": "notice", "query": "q=a", "language": "de"},
    )
    if is_new:
        work.work_on(work.claim(order.pk))
    return [{"token": order.token}]


def print_files() -> list[dict[str, str]]:
    from offerings.models import PrintOrder

    orders = print_orders()
    return orders if PrintOrder.objects.filter(file__isnull=False).exists() else []


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


EXAMPLES: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "body": goals.bodies,
    "body_calendar": goals.bodies,
    "care": reminders,
    "care_correct": questions,
    "care_ended": questions,
    "care_invitation": invitations,
    "care_not_mine": questions,
    "care_opt_out": reminders,
    "conference": goals.conferences,
    "evaluation": goals.evaluations,
    "note_code": goals.posters,
    "note_codes": goals.conferences,
    "note_received": goals.posters,
    "news_item": goals.news_items,
    "offering": offerings,
    "offering_calendar": calendars,
    "offering_poster": posters,
    "offering_preview": drafts,
    "office": offices,
    "paper": goals.papers,
    "poster": goals.posters,
    "posters": goals.conferences,
    "print_file": print_files,
    "print_order": print_orders,
    "provider": providers,
    "report": goals.reports,
    "report_docx": goals.reports,
    "report_error": reported,
    "report_pdf": goals.reports,
    "error_reported": reported,
    "goal": goals.goals,
    "goal_history": goals.goal_histories,
    "area": monitoring.areas,
    "area_pdf": monitoring.areas,
    "family_centre": family_centres,
    "family_centre_embed": family_centres,
    "finding": monitoring.findings,
    "indicator": monitoring.indicators,
    "indicator_chart": monitoring.chart_files,
    "indicator_embed": monitoring.chart_frames,
    "indicator_release": monitoring.releases,
    "period": goals.periods,
    "route": routes,
    "school": schools,
    "screen": goals.conferences,
    "slip": slips,
    "subscribe": followable,
    "subscription_asked": followable,
    "subscription_confirm": to_confirm,
    "subscriptions": managed,
    "subscriptions_end": managed,
    "survey": monitoring.surveys,
    "survey_year": monitoring.survey_years,
    "write_note": goals.posters,
}

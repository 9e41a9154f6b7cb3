"""Examples of the addresses of action goals, for `examples.EXAMPLES`."""


def news_items() -> list[dict[str, str]]:
    """No news are seeded: one of the tests."""
    from goals.models import NewsItem
    from goals.tests.factories import make_news

    found = NewsItem.objects.filter(slug="neues").first()
    return [{"slug": (found or make_news("Neues aus dem Netzwerk", slug="neues")).slug}]


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

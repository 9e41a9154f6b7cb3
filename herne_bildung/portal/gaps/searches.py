"""What people searched for and did not find. Who searched is known to nobody; words
that few typed might name someone, so they are neither shown nor kept for long.
"""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Max, Min, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.lib import clock
from herne_bildung.lib.addresses import address
from herne_bildung.portal.models import SearchWithoutResult

# Fewer searches than this in the months looked at: rare.
RARE = 5
MONTHS = 12
# Rare words go so many months after they were typed last.
RARE_KEPT_MONTHS = 3
MOST_WORDS = 100


@dataclass(frozen=True, slots=True)
class SearchedWords:
    """Words with how often nothing was found for them, and in which months."""

    words: str
    count: int
    first: date
    last: date

    @property
    def search_url(self) -> str:
        """The search today: perhaps something is found by now."""
        return address(reverse("offerings"), [("q", self.words)])


@dataclass(frozen=True, slots=True)
class Searches:
    """What `admin/gaps.html` shows of searches. `rare`: so many words are left out;
    `has_more`: others are, beyond MOST_WORDS.
    """

    rows: list[SearchedWords]
    rare: int
    has_more: bool

    @property
    def file(self) -> tuple[list[str], list[list[str | int]]]:
        """Header and rows for CSV."""
        searched = _("Searches without result")
        head = [_("Words"), searched, _("First month"), _("Last month")]
        return head, [
            [row.words, row.count, f"{row.first:%Y-%m}", f"{row.last:%Y-%m}"]
            for row in self.rows
        ]

    @property
    def notes(self) -> list[str]:
        """What readers of the numbers must know, on the page and in the file."""
        text = _(
            "The last twelve months. Nobody knows who searched. Words searched for "
            "fewer than %(rare)s times are not shown and go after some months: they "
            "might name someone."
        ) % {"rare": RARE}
        left_out = ngettext(
            "%(number)s rare word is left out.",
            "%(number)s rare words are left out.",
            self.rare,
        ) % {"number": self.rare}
        most = _("At most %(number)s at once; the first ones are shown.")
        most %= {"number": MOST_WORDS}
        return [text] + [left_out] * bool(self.rare) + [most] * self.has_more


def searches() -> Searches:
    """The words most wanted in vain in the last months; two queries."""
    by_words = _by_words(_first_month(MONTHS))
    often = by_words.filter(total__gte=RARE).order_by("-total", "words")
    rows = [
        SearchedWords(row["words"], row["total"], row["first"], row["last"])
        for row in often[: MOST_WORDS + 1]
    ]
    rare = by_words.filter(total__lt=RARE).count()
    return Searches(rows[:MOST_WORDS], rare, len(rows) > MOST_WORDS)


def often_searched() -> QuerySet[SearchWithoutResult]:
    """Rows of words that are not rare, for the list of the administration."""
    often = _by_words(_first_month(MONTHS)).filter(total__gte=RARE)
    return SearchWithoutResult.objects.filter(words__in=often.values("words"))


@transaction.atomic
def forget_searches() -> int:
    """Remove what is older than the months looked at, and rare words some months after
    they were typed last. Returns how many rows went.
    """
    old = SearchWithoutResult.objects.filter(month__lt=_first_month(MONTHS))
    removed = old.delete()[0]
    rare = _by_words(_first_month(MONTHS)).filter(
        total__lt=RARE, last__lt=_first_month(RARE_KEPT_MONTHS)
    )
    words = list(rare.values_list("words", flat=True))
    return removed + SearchWithoutResult.objects.filter(words__in=words).delete()[0]


def _by_words(since: date) -> QuerySet:
    rows = SearchWithoutResult.objects.filter(month__gte=since).order_by()
    return rows.values("words").annotate(
        total=Sum("count"), first=Min("month"), last=Max("month")
    )


def _first_month(months: int) -> date:
    """The first day of the first of the last so many months, this one included."""
    return clock.today().replace(day=1) - relativedelta(months=months - 1)

from datetime import date
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.models.base import Publishable
from goals.models.goal import Goal
from goals.querysets import NewsQuerySet
from herne_bildung.city.models import PublicContent, Sourced, Translated

# The feed stands at this place among the news.
FEED = "feed"


class NewsItem(Publishable, Sourced, Translated):
    """News of the Bildungsbüro. Shown from its day on; paragraphs of `text` are parted
    by empty lines.
    """

    slug = models.SlugField(_("address on the site"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=150)
    summary = models.TextField(_("in one or two sentences"), max_length=400)
    text = models.TextField(_("text"), max_length=8000, blank=True)
    published_on = models.DateField(_("shown from"))
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="news", verbose_name=_("about these goals")
    )

    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-pk"]
        verbose_name = _("news item")
        verbose_name_plural = _("news of the Bildungsbüro")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(slug=FEED),
                name="news_slug_is_not_feed",
                violation_error_message=_("This address is taken already."),
            )
        ]

    def __str__(self) -> str:
        return self.title_de

    def is_shown(self, day: date) -> bool:
        """Whether everyone sees it on this day."""
        return self.is_published and self.published_on <= day


class NewsLink(PublicContent, Translated):
    """Where to read more about a news item."""

    item = models.ForeignKey(NewsItem, on_delete=models.CASCADE, related_name="links")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.title_de or urlsplit(self.url).netloc

"""Addresses of the action goals: /ziele/. Fixed words come before periods."""

from django.urls import include, path, register_converter

from goals import views
from goals.evaluation.views import evaluation
from goals.history.views import goal_history
from goals.news import views as news
from goals.papers import views as papers


class PeriodConverter:
    """The years of a period: "2013-2017"."""

    regex = r"2[01][0-9]{2}-2[01][0-9]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PeriodConverter, "period")

urlpatterns = [
    path("ziele/", views.goals, name="goals"),
    path("ziele/leitbild/", views.mission, name="mission"),
    path("ziele/stammbaum/", views.lineage, name="lineage"),
    path("ziele/konferenzen/", include("goals.conferences.urls")),
    path("ziele/vorlagen/", papers.papers, name="papers"),
    path("ziele/vorlagen/<slug:slug>/", papers.paper, name="paper"),
    path("ziele/neues/", news.news, name="news"),
    path("ziele/neues/feed/", news.news_feed, name="news_feed"),
    path("ziele/neues/<slug:slug>/", news.news_item, name="news_item"),
    path("ziele/netzwerk/", include("goals.network.urls")),
    path("ziele/berichte/", include("goals.reports.urls")),
    path("ziele/<period:period>/", views.period, name="period"),
    path(
        "ziele/<period:period>/<slug:slug>/verlauf/",
        goal_history,
        name="goal_history",
    ),
    path("ziele/<period:period>/auswertung/", evaluation, name="evaluation"),
    path("ziele/<period:period>/<slug:slug>/", views.goal, name="goal"),
]

"""Addresses of the action goals: /ziele/. Fixed words come before periods."""

from django.urls import URLPattern, register_converter

urlpatterns: list[URLPattern] = []


class PeriodConverter:
    """The years of a period: "2013-2017"."""

    regex = r"20\d\d-20\d\d"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PeriodConverter, "period")

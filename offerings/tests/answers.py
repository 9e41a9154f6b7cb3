"""What the list of offers shows, without a browser."""

from django.http import QueryDict
from django.utils.translation import override

from offerings.results import Results, results


def find(query: str = "", language: str = "de") -> Results:
    """The page of results for the parameters of an address."""
    with override(language):
        return results(QueryDict(query), f"/{language}/angebote/", language)

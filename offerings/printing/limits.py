"""How many offers a booklet may have, and how many files are made."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from herne_bildung.lib import public_form, rate_limit

FORM = "print"
# A library with twenty places behind one address; all together a worker's hour.
LIMIT = rate_limit.Limit(FORM, by_network=40, by_all=200)


def most_offers(languages: int) -> int:
    """At most so many offers of a booklet, each in so many languages. A notice shows as
    many as have room.
    """
    return settings.BOOKLET_MOST_OFFERS // languages


def refusal(
    request: HttpRequest, form: public_form.PublicForm
) -> public_form.Refusal | None:
    """Why what was sent makes no order; None when it does."""
    many = _("Very many files are being made. Please try again in an hour.")
    return public_form.refusal(request, form, FORM, LIMIT, too_many=many)

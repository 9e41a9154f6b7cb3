"""What a form of the administration knows about itself: a signed field in each.

It names the person, the entry and this one opened form, and holds the values the form
was opened with. So saving twice is noticed, changes of others meanwhile are, and what
was typed when the session was over finds its way back to the same person.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.utils.crypto import get_random_string

FIELD = "form_state"
SALT = "herne_bildung.city.form_state"
SECONDS = 30 * 24 * 60 * 60
LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class FormState:
    """`object_id` is empty for a new entry; `base` as `city.admin.form_values`."""

    user_id: int
    model: str
    object_id: str
    base: dict[str, Any]
    form: str = field(default_factory=lambda: get_random_string(22))

    def is_for(self, user_id: int | None, model: str, object_id: str) -> bool:
        """Whether this person opened a form for this entry with it."""
        return (self.user_id, self.model, self.object_id) == (user_id, model, object_id)


def written(state: FormState) -> str:
    """The signed text for the form."""
    parts = [state.user_id, state.model, state.object_id, state.base, state.form]
    return signing.dumps(parts, salt=SALT, compress=True)


def read(text: str | None) -> FormState | None:
    """None for what we did not sign, or 30 days ago."""
    if not text or len(text) > LONGEST:
        return None
    try:
        parts = signing.loads(text, salt=SALT, max_age=SECONDS)
        return FormState(*parts)
    except (signing.BadSignature, TypeError, ValueError):
        return None

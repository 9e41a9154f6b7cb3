"""How long a text in a form may be: the one rule of all forms."""

from typing import Any

from django.db.models import Field, TextField

# Signs of a long text: several pages. All languages of a form together stay below
# what a request may be.
LONGEST_TEXT = 10_000


def with_an_end(field: Field, options: dict[str, Any]) -> dict[str, Any]:
    """The options of a form field; those of a long text with its greatest length."""
    if not isinstance(field, TextField) or field.choices:
        return options
    return {"max_length": field.max_length or LONGEST_TEXT} | options

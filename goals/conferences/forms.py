"""The form for a note; lib.public_form says what protects it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goals.choices import NoteVerdict
from herne_bildung.lib.public_form import PublicForm

# What fits on a card on a wall.
LONGEST_NOTE = 300


class NoteForm(PublicForm):
    """One note: a column, and a few words."""

    verdict = forms.ChoiceField(
        label=_("What do you think of this goal?"),
        choices=[
            (NoteVerdict.KEEP, pgettext_lazy("poster", "Can stay unchanged because …")),
            (NoteVerdict.ADJUST, pgettext_lazy("poster", "Must be adapted because …")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose one of the two."),
            "invalid_choice": _("Please choose one of the two."),
        },
    )
    text = forms.CharField(
        label=_("Your note"),
        help_text=_(
            "One or two sentences, in your language. Please name no people, not even"
            " yourself."
        ),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"class": "kern-form-input__input", "rows": 4}),
        error_messages={"required": _("Please write a few words.")},
    )

    def clean_text(self) -> str:
        """On one line; letters that steer the direction of others are left out."""
        text = self.cleaned_data["text"]
        words = "".join(letter for letter in text if letter not in STEERING)
        if not words.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return " ".join(words.split())


# Overrides and isolates of Unicode's bidirectional algorithm.
STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

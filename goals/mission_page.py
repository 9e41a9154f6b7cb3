"""The Leitbild: what was passed beside our own words."""

from dataclasses import dataclass
from typing import Any

from goals.in_words import goals_step, source_of
from goals.models import MissionSentence
from herne_bildung.lib.localized import localized_entry

Kind = MissionSentence.Kind


@dataclass(slots=True)
class MissionPage:
    """What `goals/mission.html` shows. Each part has heading, short (texts), number,
    wording and source.
    """

    definitions: list[dict[str, Any]]
    principles: list[dict[str, Any]]
    sentences: list[dict[str, Any]]
    conclusions: list[dict[str, Any]]
    steps: list[dict[str, str]]

    @property
    def parts(self) -> list[dict[str, Any]]:
        return [
            *self.definitions,
            *self.principles,
            *self.sentences,
            *self.conclusions,
        ]

    @property
    def has_fallback(self) -> bool:
        """True where the page must say that texts are German for lack of another."""
        return any(
            text.is_fallback
            for part in self.parts
            for text in (part["heading"], part["short"])
        )


def mission_page(language: str) -> MissionPage:
    """The public parts of the Leitbild in their order; one query."""
    parts: dict[str, list[dict[str, Any]]] = {kind: [] for kind in Kind}
    for entry in MissionSentence.objects.published():
        parts[entry.kind].append(
            {
                "number": entry.number,
                "heading": localized_entry(entry, "heading", language),
                "short": localized_entry(entry, "short", language),
                "wording": entry.wording,
                "source": source_of(entry),
            }
        )
    return MissionPage(
        definitions=parts[Kind.DEFINITION],
        principles=parts[Kind.PRINCIPLE],
        sentences=parts[Kind.SENTENCE],
        conclusions=parts[Kind.CONCLUSION],
        steps=[goals_step()],
    )

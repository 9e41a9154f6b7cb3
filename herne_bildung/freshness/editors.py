"""Who changed an entry: its own people, or somebody else."""

from collections import defaultdict

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from herne_bildung.city.models import User
from herne_bildung.city.querysets import organisation_ids_of
from herne_bildung.freshness.kinds import Kind
from herne_bildung.freshness.models import MaintainedEntry


class Editors:
    """Whose hands changed the confirmed facts of entries (`changed`: the groups, by
    id): `by`, or whoever the administration's log names; one query for all.
    """

    def __init__(
        self, kind: Kind, changed: dict[int, set[str]], by: User | None
    ) -> None:
        self._changed = changed
        self._by = by
        self._reached: dict[int, set[int]] = {}
        self._log: dict[str, list[LogEntry]] = defaultdict(list)
        if changed and by is None:
            for entry in LogEntry.objects.filter(
                content_type=ContentType.objects.get_for_model(kind.model),
                object_id__in=[str(pk) for pk in changed],
            ).select_related("user"):
                self._log[entry.object_id].append(entry)

    def changed_by_others(self, row: MaintainedEntry) -> set[str]:
        """Groups that were confirmed and say something else now, unless only people
        of the entry's organisation changed it.
        """
        changed = self._changed.get(row.object_id, set())
        return set() if changed and self._are_own(row) else changed

    def _are_own(self, row: MaintainedEntry) -> bool:
        people = [self._by] if self._by else self._people(row)
        return bool(people) and all(
            row.organisation_id in self._reach(person) for person in people
        )

    def _people(self, row: MaintainedEntry) -> list[User]:
        return [
            entry.user
            for entry in self._log.get(str(row.object_id), ())
            if entry.action_time >= row.synced_at
        ]

    def _reach(self, person: User) -> set[int]:
        if person.pk not in self._reached:
            self._reached[person.pk] = organisation_ids_of(person)
        return self._reached[person.pk]

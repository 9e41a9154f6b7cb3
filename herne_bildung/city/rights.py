"""Who may do what in the administration: the groups, and what a person reaches.

Django's permissions say which models a group may view, add, change or delete; they
are written from the `rights` of the admin classes (`actions.ensure_groups`). The
functions here say which rows and which steps: a provider reaches the organisations of
its memberships, advisers and translators read all rows of the models they may see,
the Bildungsbüro works with all of them, its leads publish, approve and manage people.
docs/decisions says why.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from herne_bildung.city.querysets import managed_organisation_ids, organisation_ids_of
from herne_bildung.lib.languages import CODES, DEFAULT_LANGUAGE

ADVISERS = "Beratung"
PROVIDERS = "Anbieter"
TRANSLATORS = "Übersetzung"
OFFICE = "Bildungsbüro"
LEADS = "Bildungsbüro-Leitung"
STATISTICS = "Statistikstelle"
GROUPS = (ADVISERS, PROVIDERS, TRANSLATORS, OFFICE, LEADS, STATISTICS)
# They read entries of all organisations, and are no staff of the Bildungsbüro.
READERS = (ADVISERS, TRANSLATORS, STATISTICS)


def sees_everything(user: Any) -> bool:
    """Whether a signed-in person is staff of the portal: reads and edits all rows."""
    return _is_one_of(user, OFFICE, LEADS)


def reads_all_rows(user: Any, groups: Iterable[str] = READERS) -> bool:
    """Whether the rows of all organisations are shown of what these groups may see:
    to staff, and to advisers, translators and the statistics office among the groups.
    """
    return _is_one_of(user, OFFICE, LEADS, *set(READERS).intersection(groups))


def reads_notes(user: Any) -> bool:
    """Whether internal notes are shown; changing them is for `sees_everything`."""
    return _is_one_of(user, ADVISERS, OFFICE, LEADS)


def reads_raw_values(user: Any) -> bool:
    """Whether small counts are shown before their protection: to members of the
    statistics office, and to nobody else, whatever rights they have; not to leads, and
    not to administrators, who would have to enter the group, which is in the log.
    """
    return user.is_active and STATISTICS in _group_names(user)


def approves(user: Any) -> bool:
    """Whether a person accepts waiting changes and puts new entries on the site."""
    return _is_one_of(user, LEADS)


def manages_people(user: Any) -> bool:
    """Whether a person gives and takes logins, groups, memberships and trust."""
    return _is_one_of(user, LEADS)


def publishes(user: Any, organisation_id: int | None) -> bool:
    """Whether what this person writes for this organisation (None: of nobody) may go
    on the site at once, new entries included.

    Trust is of one organisation; those below it have their own. Editors of the
    Bildungsbüro do not publish, but see `corrects`.
    """
    if approves(user):
        return True
    return user.is_active and organisation_id in _trusted_organisations(user)


def corrects(user: Any, organisation_id: int | None) -> bool:
    """Whether what this person changes of an entry that is on the site already is
    shown at once: for the Bildungsbüro, for who publishes, and for translators, who
    change their languages only.
    """
    if sees_everything(user) or publishes(user, organisation_id):
        return True
    is_own = organisation_id in reached_organisations(user)
    return only_translates(user) and not is_own


def translated_languages(user: Any) -> tuple[str, ...]:
    """Codes of the languages someone writes as a translator, never German; empty for
    all others, whom this does not cut down.
    """
    if not user.is_active or TRANSLATORS not in _group_names(user):
        return ()
    return tuple(
        code for code in CODES if code in user.translates and code != DEFAULT_LANGUAGE
    )


def only_translates(user: Any) -> bool:
    """Whether entries that are not their own are open to a person as translator."""
    return not sees_everything(user) and bool(translated_languages(user))


def reached_organisations(user: Any) -> set[int]:
    """Ids of the organisations a provider's login reaches; asked once a request."""
    if not hasattr(user, "_reached_organisations"):
        user._reached_organisations = organisation_ids_of(user)
    return user._reached_organisations


def managed_organisations(user: Any) -> set[int]:
    """Ids of the organisations whose people this person manages, all below included."""
    if not hasattr(user, "_managed_organisations"):
        user._managed_organisations = managed_organisation_ids(user)
    return user._managed_organisations


def own_entries(entries: QuerySet, owner_path: str, user: Any) -> QuerySet:
    """Those entries that belong to an organisation the person reaches; `owner_path`
    is the lookup to it, "pk" for organisations themselves.
    """
    own = entries.model._default_manager.filter(
        **{f"{owner_path}__in": reached_organisations(user)}
    ).values("pk")
    return entries.filter(pk__in=own)


def _is_one_of(user: Any, *groups: str) -> bool:
    return user.is_active and (
        user.is_superuser or not _group_names(user).isdisjoint(groups)
    )


def _trusted_organisations(user: Any) -> set[int]:
    if not hasattr(user, "_trusted_ids"):
        model = user._meta.get_field("memberships").related_model
        organisations = model._meta.get_field("organisation").related_model.objects
        reached = organisations.filter(pk__in=reached_organisations(user))
        trusted = reached.filter(is_trusted=True)
        user._trusted_ids = set(trusted.values_list("pk", flat=True))
    return user._trusted_ids


def _group_names(user: Any) -> set[str]:
    if not hasattr(user, "_group_names"):
        user._group_names = set(user.groups.values_list("name", flat=True))
    return user._group_names

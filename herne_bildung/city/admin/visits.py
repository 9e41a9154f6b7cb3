"""What one request to a form whose changes may wait is about."""

from dataclasses import dataclass, field

from django.db.models import Model

from herne_bildung.city.models import WaitingVersion
from herne_bildung.city.versions.declared import Versioned
from herne_bildung.city.versions.snapshots import Snapshot


@dataclass
class Visit:
    declared: Versioned
    entry: Model | None = None
    owners: list[int | None] = field(default_factory=list)
    was_public: bool = False
    open: WaitingVersion | None = None
    # The form shows and writes the change that waits, not the entry.
    is_waiting_edited: bool = False
    asks_to_publish: bool = False
    wanted: Snapshot | None = None
    is_saved: bool = False
    # Where staff look at what waits; the page belongs to the portal.
    approval_path: str = ""
    may_withdraw: bool = False

    @property
    def withdraw_name(self) -> str:
        options = self.declared.model._meta
        return f"admin:{options.app_label}_{options.model_name}_withdraw"

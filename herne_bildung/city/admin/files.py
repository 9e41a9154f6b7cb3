"""Uploading in forms: what comes is made safe before anything else looks at it.

A file that was accepted stays accepted when another field is wrong: the form carries
its signed name (`kept`), and nobody chooses it twice.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.core import signing
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from herne_bildung.city import uploads
from herne_bildung.city.admin.base import OwnEntriesStackedInline
from herne_bildung.city.models import OrganisationPicture, Picture
from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.lib.languages import DEFAULT_LANGUAGE, LANGUAGES
from herne_bildung.lib.uploads import (
    LARGEST_FLYER,
    LARGEST_PICTURE,
    WIDTHS,
    UploadRefused,
)

ALL = ("view", "add", "change", "delete")
SALT = "herne_bildung.city.admin.files"
KEPT_SECONDS = 24 * 60 * 60
MEGABYTE = 1024 * 1024


class UploadForm(forms.ModelForm):
    """A row with a file. `facts` are the columns that follow from the file."""

    facts: tuple[str, ...] = ("file",)
    accept = ""

    upload = forms.FileField(label=_("file"), required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields.get("upload")
        if field is not None:
            field.widget = forms.FileInput({"accept": self.accept})
            if self.instance.file:
                field.help_text = _("Only to replace the one there is.")

    def made_safe(self, upload: Any) -> dict[str, Any]:
        """Store the file; the values of `facts`. Raises UploadRefused."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        upload, facts = values.get("upload"), None
        try:
            if upload:
                facts = self.made_safe(upload)
            elif values.get("kept"):
                facts = signing.loads(values["kept"], salt=SALT, max_age=KEPT_SECONDS)
        except UploadRefused as error:
            self.add_error("upload", str(error))
        except signing.BadSignature:
            self.add_error("upload", _("Please choose the file again."))
        if facts is not None:
            for name in self.facts:
                setattr(self.instance, name, facts[name])
            self._keep(facts)
        elif not self.instance.file and not self.errors.get("upload"):
            self.add_error("upload", _("Please choose a file."))
        return values

    def _keep(self, facts: dict[str, Any]) -> None:
        """Say in the form, should it be shown again, which file was accepted."""
        self.data = self.data.copy()
        self.data[self.add_prefix("kept")] = signing.dumps(facts, salt=SALT)
        self.fields["upload"].help_text = _("The file you chose is kept.")


class PictureForm(UploadForm):
    """A picture: what it shows must be said in German."""

    facts = ("file", "width", "height")
    accept = "image/jpeg,image/png,image/webp"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "upload" in self.fields and not self.instance.file:
            self.fields["upload"].help_text = _(
                "JPEG, PNG or WebP, at most %(size)s MB. Nothing of where and when it "
                "was taken is kept. Only pictures whose people agreed to it."
            ) % {"size": LARGEST_PICTURE // MEGABYTE}

    def made_safe(self, upload: Any) -> dict[str, Any]:
        # 20 MB that only uploads need.
        from herne_bildung.lib.safe_pictures import safe_picture

        picture = safe_picture(upload)
        name = uploads.store_picture(picture)
        return {"file": name, "width": picture.width, "height": picture.height}


class FlyerForm(UploadForm):
    """A leaflet as PDF."""

    facts = ("file", "size")
    accept = "application/pdf"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "upload" in self.fields and not self.instance.file:
            text = _("A PDF, at most %(size)s MB.")
            size = LARGEST_FLYER // MEGABYTE
            self.fields["upload"].help_text = text % {"size": size}

    def made_safe(self, upload: Any) -> dict[str, Any]:
        # 12 MB that only uploads need.
        from herne_bildung.lib.safe_flyers import safe_flyer

        flyer = safe_flyer(upload)
        return {"file": uploads.store_flyer(flyer), "size": len(flyer.content)}


class UploadInline(OwnEntriesStackedInline):
    """Files of an entry; samples have none."""

    rights = {OFFICE: ALL, PROVIDERS: ALL}
    extra = 1
    text = ""
    # Where it stands in forms that have parts: at the end.
    part = ""

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        german = f"{self.text}_{DEFAULT_LANGUAGE}"
        others = [
            f"{self.text}_{one.column}"
            for one in LANGUAGES
            if one.code != DEFAULT_LANGUAGE
        ]
        return [
            (None, {"fields": ["present", "upload", "kept", german, *self.fields]}),
            (_("in other languages"), {"fields": others, "classes": ["collapse"]}),
        ]

    readonly_fields = ("present",)
    fields: tuple[str, ...] = ()

    def has_add_permission(self, request: HttpRequest, obj: Model | None) -> bool:
        return not _is_sample(obj) and super().has_add_permission(request, obj)

    def has_view_or_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        """Without it the part of the form is not there."""
        return not _is_sample(obj) and super().has_view_or_change_permission(
            request, obj
        )

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return not _is_sample(obj) and super().has_delete_permission(request, obj)

    def get_extra(
        self, request: HttpRequest, obj: Model | None = None, **options: Any
    ) -> int:
        return 0 if _is_sample(obj) else self.extra

    @admin.display(description=_("now"))
    def present(self, row: Any) -> str:
        return "–"


def _is_sample(entry: Model | None) -> bool:
    return entry is not None and getattr(entry, "is_sample", False)


class PictureInline(UploadInline):
    """One picture of an entry."""

    form = PictureForm
    text = "alt"
    fields = ("credit",)
    max_num = 1

    @admin.display(description=_("now"))
    def present(self, row: Picture) -> SafeString | str:
        if not row.file:
            return "–"
        height = round(row.height * WIDTHS[0] / row.width) if row.width else 0
        return format_html(
            '<img class="present-picture" src="{}" width="{}" height="{}" alt="{}">',
            uploads.picture_url(row.file, WIDTHS[0]),
            WIDTHS[0],
            height,
            row.alt_de or "",
        )


class OrganisationPictureInline(PictureInline):
    """The picture of an organisation."""

    model = OrganisationPicture


__all__ = ["FlyerForm", "OrganisationPictureInline", "PictureInline", "UploadInline"]

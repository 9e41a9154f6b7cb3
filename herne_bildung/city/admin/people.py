"""Who signs in, and who looks after which organisation."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.forms import CheckboxSelectMultiple, MultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from herne_bildung.city import audit
from herne_bildung.city.admin.base import OwnEntriesAdmin, OwnEntriesInline
from herne_bildung.city.admin.export import ExportMixin
from herne_bildung.city.admin.rows import without_fields
from herne_bildung.city.language_names import LanguageBoxes, LanguageChoice
from herne_bildung.city.models import Membership, User
from herne_bildung.city.rights import (
    GROUPS,
    LEADS,
    OFFICE,
)
from herne_bildung.lib.languages import DEFAULT_LANGUAGE, LANGUAGES

# What only a superuser gives, so that nobody can raise their own rights.
FOR_SUPERUSERS = ("is_superuser", "user_permissions")
# What nobody but a superuser changes of their own login.
NOT_ONES_OWN = ("is_active", "is_staff", "groups", "translates")
ALL = ("view", "add", "change", "delete")
# Sentences of Django that its German lacks.
gettext_noop("After you’ve created a user, you’ll be able to edit more user options.")
gettext_noop("Reset password")
gettext_noop(
    "Raw passwords are not stored, so there is no way to see the user’s password."
)


@admin.register(Membership)
class MembershipAdmin(OwnEntriesAdmin):
    """Who looks after which organisation; given and taken by leads. Managers have a
    page of their own for their people. Ending a membership deletes no content.
    """

    owner_path = "organisation"
    rights = {OFFICE: ("view",), LEADS: ALL}
    can_be_deleted = True
    list_display = ["user", "organisation", "role"]
    list_filter = ["role", ("user__is_active", admin.BooleanFieldListFilter)]
    search_fields = ["user__username", "user__email", "organisation__name_de"]
    list_select_related = ["user", "organisation"]
    autocomplete_fields = ["organisation", "user"]

    def save_model(
        self, request: HttpRequest, obj: Membership, form: Any, change: bool
    ) -> None:
        rows = Membership.objects.select_related("user", "organisation")
        former = rows.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        if former is not None:
            _note_membership(former, request.user, "ended")
        _note_membership(obj, request.user, "given")

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        _note_membership(obj, request.user, "ended")
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for membership in queryset.select_related("user", "organisation"):
            _note_membership(membership, request.user, "ended")
        super().delete_queryset(request, queryset)


class MembershipInline(OwnEntriesInline):
    """The organisations a person looks after."""

    model = Membership
    rights = {OFFICE: ("view",), LEADS: ALL}
    autocomplete_fields = ["organisation"]
    verbose_name_plural = _("looks after")


class PasswordState(ReadOnlyPasswordHashWidget):
    """Whether there is a password; nothing of how it is kept."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["summary"] = [one for one in context["summary"] if "value" not in one]
        return context


class NewPasswordForm(AdminPasswordChangeForm):
    """A password; there is no other way in here that would do without."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True


class PersonForm(UserChangeForm):
    """A login, with words for what each right means."""

    translates = MultipleChoiceField(
        label=_("translates into"),
        choices=[
            (language.code, language.native_name)
            for language in LANGUAGES
            if language.code != DEFAULT_LANGUAGE
        ],
        widget=LanguageBoxes,
        required=False,
        help_text=_("For the group of translators: the languages they may write."),
    )

    class Meta(UserChangeForm.Meta):
        widgets = {"language": LanguageChoice}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "password" in self.fields:
            self.fields["password"].widget = PasswordState()
        for name, text in {
            "is_active": _("Without this, the person cannot sign in any more."),
            "is_staff": _("Everyone who works here needs this, providers too."),
            "groups": _(
                "Providers also need an organisation below. Advisers read everything "
                "with internal notes. The Bildungsbüro edits; its leads also publish, "
                "accept changes and manage people."
            ),
        }.items():
            if name in self.fields:
                self.fields[name].help_text = text


@admin.register(User)
class PersonAdmin(ExportMixin, UserAdmin):
    """Logins; for leads of the staff. A login that ends becomes inactive. Nobody
    changes the rights of their own login.
    """

    form = PersonForm
    add_form = UserCreationForm
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2"]})]
    change_password_form = NewPasswordForm
    change_user_password_template = "admin/people/password.html"  # noqa: S105 a path
    rights = {LEADS: ("view", "add", "change"), OFFICE: ()}
    list_display = ["username", "email", "first_name", "last_name", "is_active"]
    list_filter = ["is_active", "groups"]
    inlines = [MembershipInline]
    filter_horizontal = ()
    fieldsets = [
        (
            _("person"),
            {"fields": [("first_name", "last_name"), "email", "language"]},
        ),
        (_("sign-in"), {"fields": ["username", "password", "is_active", "is_staff"]}),
        (_("rights"), {"fields": ["groups", "translates", *FOR_SUPERUSERS]}),
        (_("dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        people = super().get_queryset(request)
        if request.user.is_superuser:
            return people
        return people.filter(is_superuser=False)

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        allowed = super().has_change_permission(request, obj)
        is_above = (
            obj is not None and obj.is_superuser and not request.user.is_superuser
        )
        return allowed and not is_above

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list:
        return self.inlines if obj is not None and obj != request.user else []

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """What only superusers give is not shown to others."""
        found = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return found
        return without_fields(found, set(FOR_SUPERUSERS))

    def get_readonly_fields(
        self, request: HttpRequest, obj: User | None = None
    ) -> list[str]:
        fields = list(super().get_readonly_fields(request, obj))
        if request.user.is_superuser:
            return fields
        is_own = obj is not None and obj == request.user
        return [*fields, *FOR_SUPERUSERS, *(NOT_ONES_OWN if is_own else ())]

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> Any:
        """Leads give the groups of the portal. The few stand below each other."""
        if db_field.name == "groups":
            options["widget"] = CheckboxSelectMultiple()
        if db_field.name == "groups" and not request.user.is_superuser:
            options["queryset"] = Group.objects.filter(name__in=GROUPS)
        return super().formfield_for_manytomany(db_field, request, **options)

    def save_model(
        self, request: HttpRequest, obj: User, form: Any, change: bool
    ) -> None:
        form.rights_before = _rights_of(User.objects.filter(pk=obj.pk).first())
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        person = User.objects.get(pk=form.instance.pk)
        before, now = set(form.rights_before), set(_rights_of(person))
        if before != now:
            given, taken = sorted(now - before), sorted(before - now)
            action = audit.Action.RIGHTS_CHANGED
            by = request.user
            audit.record(action, by=by, about=person, given=given, ended=taken)

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Whoever sets a password could sign in with it: it is written down."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            person = self.get_object(request, id)
            action = audit.Action.RIGHTS_CHANGED
            audit.record(action, by=request.user, about=person, given=["password"])
        return response


def _rights_of(person: User | None) -> list[str]:
    """What a login may do, in words of the log."""
    if person is None:
        return []
    flags = [name for name in ("is_active", "is_staff") if getattr(person, name)]
    flags += ["is_superuser"] if person.is_superuser else []
    groups = [f"group {group.name}" for group in person.groups.all()]
    single = [f"permission {one.codename}" for one in person.user_permissions.all()]
    languages = [f"language {code}" for code in person.translates]
    memberships = [
        _membership_in_words(one)
        for one in person.memberships.select_related("organisation")
    ]
    return [*flags, *groups, *single, *languages, *memberships]


def _membership_in_words(membership: Membership) -> str:
    return f"{membership.role} {membership.organisation}"


def _note_membership(membership: Membership, by: User, what: str) -> None:
    action, said = audit.Action.RIGHTS_CHANGED, [_membership_in_words(membership)]
    audit.record(action, by=by, about=membership.user, **{what: said})

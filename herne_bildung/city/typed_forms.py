"""What people typed and did not save: kept for them, shown to nobody else."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from herne_bildung.city import form_state
from herne_bildung.city.models import SentForm, TypedForm, User
from herne_bildung.lib import clock

KEPT_DAYS = 30
LONGEST = 500_000
MOST_FORMS = 50
# Never kept: what opens doors, and what is no text.
LEFT_OUT = {"csrfmiddlewaretoken"}


def keep(data: QueryDict, *, was_sent: bool) -> TypedForm | None:
    """Keep a form as it was sent for the person who opened it; the signed state in it
    says who that is. None where it is no form of ours, or too long.
    """
    state = form_state.read(data.get(form_state.FIELD))
    if state is None or not User.objects.filter(pk=state.user_id).exists():
        return None
    text = without_secrets(data).urlencode()
    if len(text) > LONGEST:
        return None
    kept, _ = TypedForm.objects.update_or_create(
        form=state.form,
        defaults={
            "user_id": state.user_id,
            "model": state.model,
            "object_id": state.object_id,
            "data": text,
            "was_sent": was_sent,
        },
    )
    newest = TypedForm.objects.filter(user_id=state.user_id).order_by("-typed_at")
    old = list(newest.values_list("pk", flat=True)[MOST_FORMS:])
    TypedForm.objects.filter(pk__in=old).delete()
    return kept


def keep_when_signed_out(request: HttpRequest) -> TypedForm | None:
    """Someone saves, but the session is over: keep it until they are back. Returns
    what is kept.
    """
    if form_state.FIELD not in request.POST:
        return None
    is_saving = request.path != reverse("admin:typed_form")
    return keep(request.POST, was_sent=is_saving)


def discard_when_saved(request: HttpRequest, response: HttpResponse) -> None:
    """Forms that are saved lead on, pop-ups say what they made: nothing is left to
    keep.
    """
    state = form_state.read(request.POST.get(form_state.FIELD))
    is_own = state is not None and state.user_id == request.user.pk
    if is_own and was_saved(response):
        discard(request.user, state.form)


def was_saved(response: HttpResponse) -> bool:
    """Whether an answer to a form says that it was saved."""
    context = getattr(response, "context_data", None) or {}
    return response.status_code == 302 or "popup_response_data" in context


def without_secrets(data: QueryDict) -> QueryDict:
    """A copy without passwords and what no database takes."""
    copied = QueryDict(mutable=True)
    for name, values in data.lists():
        if name not in LEFT_OUT and "password" not in name and "\0" not in name:
            copied.setlist(name, [value.replace("\0", "") for value in values])
    return copied


def newest(user: User, model: str, object_id: str) -> TypedForm | None:
    """What this person typed last about an entry and did not save."""
    found = TypedForm.objects.filter(user=user, model=model, object_id=object_id)
    return found.order_by("-typed_at").first()


def discard(user: User, form: str) -> None:
    """It is saved, or not wanted any more."""
    TypedForm.objects.filter(user=user, form=form).delete()


def forget() -> int:
    """Remove what was kept long enough. Returns how many."""
    until = clock.now() - timedelta(days=KEPT_DAYS)
    SentForm.objects.filter(made_at__lt=until).delete()
    return TypedForm.objects.filter(typed_at__lt=until).delete()[0]

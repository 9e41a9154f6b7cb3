"""Every model that can hold data of a person says why and until when."""

from django.apps import apps
from django.conf import settings
from django.db import models

from counselling.models import CounsellingOffice
from herne_bildung.city import privacy
from herne_bildung.city.models import Organisation, School, User
from offerings.models import Offering

# Addresses of offices, which are public, and of no person.
OFFICES = {Organisation, School, Offering, CounsellingOffice}
DOCUMENT = settings.BASE_DIR / "docs" / "personal-data.md"


def names_people(model: type[models.Model]) -> bool:
    """Whether a model points to a login or has room for a mail address."""
    return any(
        isinstance(field, models.EmailField)
        or (field.concrete and field.related_model is User)
        for field in model._meta.get_fields()
    )


def test_every_model_with_people_is_declared():
    declared = {holding.model for holding in privacy.holdings()}
    found = {
        model
        for model in apps.get_models()
        if names_people(model) and not model._meta.proxy
    }

    assert found - OFFICES - declared == set()


def test_document_holds_the_declared_table():
    table = privacy.as_table(privacy.holdings())

    # `python3 manage.py personal_data list` prints it.
    assert table in DOCUMENT.read_text(encoding="utf-8")


def test_declared_fields_can_be_given_out(db):
    nobody = privacy.Subject(email="niemand@example.org")

    for holding in privacy.holdings():
        assert list(holding.of(nobody).values(*holding.fields)) == []

"""Secrets of second factors in the database: sealed, those of former years too."""

from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps

from herne_bildung.city.rights import OFFICE
from herne_bildung.portal.tests.accounts import (
    CODE,
    code_of,
    give_password,
    is_signed_in,
    person,
    set_up_app,
)

pytestmark = pytest.mark.django_db


def test_secrets_are_sealed_and_of_no_use_without_the_key(client, settings):
    secret = set_up_app(person("anna", OFFICE))
    stored = [str(one.data) for one in Authenticator.objects.all()]
    settings.SECRET_KEY = "another"
    give_password(client, "anna")

    answer = client.post(CODE, {"code": code_of(secret)})

    assert [("sealed:" in text, secret in text) for text in stored] == [
        (True, False),
        (True, False),
    ]
    assert (answer.status_code, is_signed_in(client)) == (200, False)


def test_secrets_of_before_there_were_seals_are_sealed_and_stay_good(client):
    secret = set_up_app(person("anna", OFFICE))
    app, codes = Authenticator.objects.order_by("type").reverse()
    [code, *others] = codes.wrap().get_unused_codes()
    Authenticator.objects.filter(pk=app.pk).update(data={"secret": secret})
    Authenticator.objects.filter(pk=codes.pk).update(
        data={"migrated_codes": [code, *others], "used_mask": 0}
    )
    migration = import_module(
        "herne_bildung.portal.migrations.0003_seal_second_factors"
    )

    migration.seal_what_is_open(apps, None)
    once = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    migration.seal_what_is_open(apps, None)

    again = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    assert again == once
    assert [secret in str(once), code in str(once), str(once).count("sealed:")] == [
        False,
        False,
        1 + len([code, *others]),
    ]
    for typed in (code_of(secret), code):
        give_password(client, "anna")
        client.post(CODE, {"code": typed})
        assert is_signed_in(client)
        client.post("/verwaltung/logout/")

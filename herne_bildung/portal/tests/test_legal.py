"""Legal pages: honest, complete, and clear about what only the city can fill in."""

import re

import pytest

from herne_bildung.freshness.actions.reports import ADDRESS_KEPT, REPORT_KEPT
from herne_bildung.freshness.subscription_tokens import WAITS
from herne_bildung.portal.actions import FAILED_SIGN_INS

TEMPLATES = {
    "impressum": 2,
    "datenschutz": 3,
    "barrierefreiheit": 1,
    "ueber": 0,
}


@pytest.fixture(autouse=True)
def _without_database():
    """These pages need none; without the mark django_db any query would fail."""


@pytest.mark.parametrize(("name", "number"), TEMPLATES.items())
def test_what_the_city_fills_in_is_marked(client, name, number):
    response = client.get(f"/en/{name}/")

    assert (response.status_code, response.text.count("kern-alert--warning")) == (
        200,
        number,
    )


def test_statement_names_form_ombuds_office_and_date(client):
    text = client.get("/de/barrierefreiheit/").text

    assert re.findall(r'href="(/de/barrierefreiheit/melden/)"', text) != []
    assert 'href="https://www.lbbp.nrw.de/ombudsstelle"' in text
    assert "21. November 2026" in text


def test_statement_names_the_mailbox_once_there_is_one(client, settings):
    settings.BARRIER_MAILBOX = "barrieren@example.org"

    text = client.get("/de/barrierefreiheit/").text

    assert 'href="mailto:barrieren@example.org"' in text
    assert "kern-alert--warning" not in text


def test_about_names_every_licence_and_the_footer_leads_there(client):
    text = client.get("/de/ueber/").text

    assert set(re.findall(r'href="(https://[^"]+)"', text)) == {
        "https://www.govdata.de/dl-de/by-2-0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    }
    assert 'id="data-sources"' in text
    assert 'href="/de/ueber/#data-sources"' in text


def test_privacy_says_how_long_failed_sign_ins_mails_and_reports_are_kept(client):
    text = client.get("/en/datenschutz/").text

    days = re.findall(r"(\d+) days", re.sub(r"<[^>]+>", "", text))
    reports = [str(ADDRESS_KEPT.days), str(REPORT_KEPT.days)]
    mails = ["30", "90"]
    assert days == [str(FAILED_SIGN_INS.days), *mails, *reports, str(WAITS.days)]
    assert re.findall(r"(\d+) months", text) == ["12"]

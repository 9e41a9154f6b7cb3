"""One school as its page shows it: every fact in words, unknown ones said so."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.contact import contact
from herne_bildung.city.models import Place, School
from herne_bildung.lib import schema_org
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.localized import Text, german

Form = School.Form
FORMS_EXPLAINED = {
    Form.PRIMARY: gettext_lazy("For children in classes 1 to 4."),
    Form.MAIN: gettext_lazy(
        "Classes 5 to 10. Leads to a first or intermediate school-leaving certificate."
    ),
    Form.REAL: gettext_lazy(
        "Classes 5 to 10. Leads to the intermediate school-leaving certificate."
    ),
    Form.SECONDARY: gettext_lazy(
        "Classes 5 to 10. All children learn together for longer."
    ),
    Form.COMPREHENSIVE: gettext_lazy(
        "From class 5. All school-leaving certificates are possible, up to the Abitur."
    ),
    Form.GRAMMAR: gettext_lazy("From class 5. Leads to the Abitur."),
    Form.SPECIAL: gettext_lazy(
        "For children and young people who need special support in learning."
    ),
    Form.VOCATIONAL: gettext_lazy(
        "For young people after class 9 or 10: vocational training and school-leaving"
        " certificates."
    ),
    Form.WALDORF: gettext_lazy(
        "A private school that teaches by the ideas of Rudolf Steiner."
    ),
    Form.EVENING: gettext_lazy(
        "For adults who want to gain a school-leaving certificate later."
    ),
}


@dataclass(slots=True)
class SchoolPage:
    """What `city/school_detail.html` shows. `entry` is the school itself;
    `gone_since` the day it left the official list, empty where it did not.
    """

    entry: School
    name: Text
    addition: Text
    facts: list[dict[str, Any]]
    contact: dict[str, Any] | None
    source: dict[str, str]
    gone_since: str

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [{"label": _("Schools"), "url": reverse("schools")}]


def school_page(school: School, language: str) -> SchoolPage:
    """Everything the page of a school shows, in a language."""
    return SchoolPage(
        entry=school,
        name=german(school.name, language),
        addition=german(school.official_name, language),
        facts=facts(school, language),
        contact=contact(school, school.place.address_lines),
        source={
            "title": school.source_title,
            "url": school.source_url,
            "as_of": school.as_of,
            "licence": school.licence,
        },
        gone_since=(
            day_in_words(school.vanished_on, language) if school.vanished_on else ""
        ),
    )


def structured_data(page: SchoolPage) -> schema_org.Node | None:
    """A School of schema.org; nothing for what is made up or gone."""
    entry = page.entry
    if entry.is_sample or page.gone_since:
        return None
    where = schema_org.place(entry.place)
    return {
        **schema_org.organisation(
            page.name.text, reverse("school", args=[entry.slug]), page.contact
        ),
        "@type": "School",
        "legalName": page.addition.text,
        "address": where["address"],
    }


def district_in_words(place: Place, name: str) -> str:
    """The district, said to be probable where it was guessed; empty for none."""
    if name and place.is_district_guessed:
        return _("probably %(district)s") % {"district": name}
    return name


def facts(school: School, language: str) -> list[dict[str, Any]]:
    """The facts in the order people ask for them."""
    district = school.place.district
    where = district_in_words(school.place, district.name if district else "")
    found = [
        fact(
            _("School form"),
            "school",
            school.get_form_display(),
            FORMS_EXPLAINED.get(school.form),
        ),
        fact(_("Address"), "pin", *school.place.address_lines, language=language),
        fact(_("District"), "map", where),
        fact(_("All-day school"), "clock", _all_day(school)),
        fact(_("Pupils"), "people", *_pupils(school)),
        fact(_("Social index"), "info", *_social_index(school)),
    ]
    if school.is_startchancen:
        found.append(
            fact(
                _("Startchancen programme"),
                "check",
                _("yes"),
                _(
                    "The federal government and the states give this school extra"
                    " money, because many of its pupils grow up with less."
                ),
            )
        )
    if school.talent_school_since:
        found.append(
            fact(
                _("Talentschule"),
                "check",
                _("chosen in %(year)s") % {"year": school.talent_school_since},
                _("A school trial of the state of North Rhine-Westphalia."),
            )
        )
    if school.operator:
        found.append(
            fact(_("Operator"), "building", school.operator, language=language)
        )
    return found


def fact(label: str, icon: str, *lines: Any, language: str = "") -> dict[str, Any]:
    """A line of the fact list. With `language` the text is German in any language."""
    texts = [str(line) for line in lines if line]
    shown: dict[str, Any] = {"label": label, "icon": icon}
    if not texts:
        return shown | {"value": _("not known"), "is_unknown": True}
    if language:
        text = german(", ".join(texts), language)
        return shown | {"value": text.text, "lang": text.lang, "dir": text.dir}
    return shown | {"lines": texts}


def _all_day(school: School) -> str:
    return str(school.get_all_day_display()) if school.all_day else ""


def _pupils(school: School) -> list[str]:
    """The number, that it is rounded, and for which school year it holds."""
    if school.pupils is None:
        return []
    about = _("about %(number)s") % {
        "number": number_format(school.pupils, force_grouping=True)
    }
    if not school.pupils_year:
        return [about]
    year = _("School year %(year)s, rounded to 5") % {"year": school.pupils_year}
    return [about, year]


def _social_index(school: School) -> list[str]:
    """The step from 1 to 9, its year and what it means."""
    if school.social_index is None:
        return []
    step = _("step %(step)s of 9") % {"step": school.social_index}
    if school.social_index_year:
        year = _("school year %(year)s") % {"year": school.social_index_year}
        step = f"{step} ({year})"
    return [
        step,
        _(
            "1 means few, 9 means many pupils in difficult circumstances. The state"
            " gives schools with a high step more staff. It says nothing about how"
            " good a school is."
        ),
    ]

from types import SimpleNamespace

from herne_bildung.lib.translation_state import (
    CURRENT,
    MISSING,
    OUTDATED,
    TranslationState,
    mark_current,
    state_of,
)


def entry(**texts):
    return SimpleNamespace(translation_state={}, **texts)


def test_state_is_missing_without_a_text():
    assert state_of(entry(title_de="A", title_tr=""), "title", "tr") == (
        TranslationState(MISSING)
    )


def test_state_follows_the_german_text_not_the_time():
    offer = entry(title_de="Deutschkurs", title_tr="Almanca kursu")
    mark_current(offer, "title", "tr", is_machine_made=True)

    assert state_of(offer, "title", "tr") == TranslationState(CURRENT, True, False)

    offer.title_de = "Deutschkurs am Abend"
    assert state_of(offer, "title", "tr").state == OUTDATED

    offer.title_de = " Deutschkurs "
    assert state_of(offer, "title", "tr").state == CURRENT


def test_a_translation_of_unknown_origin_is_outdated():
    assert state_of(entry(title_de="A", title_tr="B"), "title", "tr").state == OUTDATED

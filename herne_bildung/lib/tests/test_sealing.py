import pytest

from herne_bildung.lib.sealing import CannotBeOpened, seal, unseal


def test_what_is_sealed_can_be_opened_and_not_be_read():
    sealed = seal("JBSWY3DP")

    assert ("JBSWY3DP" in sealed, unseal(sealed)) == (False, "JBSWY3DP")
    assert sealed != seal("JBSWY3DP")


def test_what_was_stored_before_is_read_as_it_is():
    assert unseal("JBSWY3DP") == "JBSWY3DP"


def test_another_key_opens_nothing_unless_it_is_the_former_one(settings):
    sealed, former = seal("JBSWY3DP"), settings.SECRET_KEY

    settings.SECRET_KEY = "another"
    with pytest.raises(CannotBeOpened):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert unseal(sealed) == "JBSWY3DP"

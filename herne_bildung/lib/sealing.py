"""Short secrets, sealed for the database with a key made from SECRET_KEY: whoever reads
the database alone, or a backup of it, cannot use them.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

# Before what is sealed; what has no such sign was stored before there were seals.
SIGN = "sealed:"


class CannotBeOpened(Exception):
    """It was sealed with a SECRET_KEY that is not known here."""


def seal(text: str) -> str:
    """What may be stored of a secret."""
    return SIGN + _keys().encrypt(text.encode()).decode()


def unseal(stored: str) -> str:
    """The secret again; CannotBeOpened without its key."""
    if not stored.startswith(SIGN):
        return stored
    try:
        return _keys().decrypt(stored.removeprefix(SIGN)).decode()
    except InvalidToken:
        raise CannotBeOpened from None


def _keys() -> MultiFernet:
    """Seals with the present key, opens with former ones too."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    """A key for this purpose alone: nothing else is made from it."""
    made = hashlib.blake2b(secret.encode(), digest_size=32, person=b"sealing")
    return base64.urlsafe_b64encode(made.digest())

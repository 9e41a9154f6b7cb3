"""Dictionaries of word forms, built once on disk and shared by all processes."""

import fcntl
import logging
import os
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import marisa_trie
import simplemma
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries.dictionary_factory import (
    CachingDictionaryFactory,
    _load_dictionary_from_disk,
)
from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieWrapDict

logger = logging.getLogger(__name__)

LANGUAGES = ("de", "en", "tr", "ar", "uk", "ru", "pl", "ro", "bg")
_REPOSITORY = Path(__file__).resolve().parents[3]


def folder() -> Path:
    """Where the dictionaries lie: VAR_DIR, else `var/` of the repository."""
    base = Path(os.environ.get("VAR_DIR") or _REPOSITORY / "var")
    return base / "lemmas" / simplemma.__version__


class _MappedDictionaries(CachingDictionaryFactory):
    """Dictionaries read through a memory map: processes share the pages."""

    def _get_dictionary_uncached(self, lang: str) -> Mapping[str, str]:
        path = folder() / f"{lang}.dic"
        if not path.exists():
            try:
                build(lang)
            except OSError as error:
                logger.warning("Dictionary %s stays in memory: %s", lang, error)
                return TrieWrapDict(_trie(lang))
        return TrieWrapDict(marisa_trie.BytesTrie().mmap(str(path)))


_dictionaries = _MappedDictionaries(cache_max_size=len(LANGUAGES))


def _trie(language: str) -> marisa_trie.BytesTrie:
    raw = _load_dictionary_from_disk(language)
    return marisa_trie.BytesTrie(
        ((form.decode(), lemma) for form, lemma in raw.items()),
        cache_size=marisa_trie.HUGE_CACHE,
    )


def build(language: str, *, is_announced: bool = False) -> bool:
    """Write one dictionary to disk unless it is there; True if it was written.

    Takes some seconds, which the log tells unless they are announced otherwise.
    Two processes may call this at once: the second waits and finds it done.
    Raises OSError if the folder cannot be written.
    """
    target = folder() / f"{language}.dic"
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.exists():
            return False
        started = time.monotonic()
        unfinished = target.with_suffix(f".{os.getpid()}.part")
        try:
            _trie(language).save(str(unfinished))
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    seconds = time.monotonic() - started
    if not is_announced:
        logger.warning("Built the search dictionary %s in %.1f s", language, seconds)
    return True


def prepare(report: Callable[[str], None] = print) -> None:
    """Build all dictionaries (about 20 s and 52 MB once); for the set-up."""
    missing = [
        language
        for language in LANGUAGES
        if not (folder() / f"{language}.dic").exists()
    ]
    for number, language in enumerate(missing, start=1):
        report(f"Suchwörterbuch {number} von {len(missing)}: {language}")
        build(language, is_announced=True)


def forms(language: str) -> Mapping[str, str]:
    """Word form → lemma, as spelled in the dictionary (German nouns capital)."""
    return _dictionaries.get_dictionary(language)


@lru_cache(maxsize=1)
def rules() -> DefaultStrategy:
    """Dictionary and suffix rules together, for words no dictionary has."""
    return DefaultStrategy(dictionary_factory=_dictionaries)

"""Words by their stems, so that ``signed``, ``signing`` and ``signature`` meet.

The stemmer is Snowball's for English (Porter 2; M. F. Porter, *Snowball: a language for stemming
algorithms*, 2001). Irregular forms (``sold``), spellings and words that are written in two ways are
brought to one form before, by the table that the ontology ships (``asking/words.toml``).
"""

from __future__ import annotations

import re
from functools import cache

from diplograph.keys import name_key
from diplograph.resources import asking_words

__all__ = ["stem", "stems", "words_of"]

_WORD = re.compile(r"\w+")
_SPELT_IS = re.compile(r"(?<=\w{4})is(ations?|ed?|es|ers?|ing)$")
"""Of words that are written with “is” in Britain and with “iz” in America."""


@cache
def _forms() -> dict[str, str]:
    return {str(form): str(base) for form, base in asking_words()["forms"].items()}


@cache
def _stemmer() -> object:
    import Stemmer

    return Stemmer.Stemmer("english")


def words_of(text: str) -> list[str]:
    """The words of a text in the form in which names are compared, possessives dropped.

    >>> words_of("China's Su-27s")
    ['china', 'su', '27s']
    """
    plain = re.sub(r"['’ʼ`]s?\b", "", text)
    if plain.isascii():
        return _WORD.findall(plain.lower())
    return _WORD.findall(name_key(f"x {plain}"))[1:]


@cache
def stem(word: str) -> str:
    """The stem of one word.

    >>> stem("sold") == stem("sells"), stem("treaties")
    (True, 'treati')
    """
    base = _SPELT_IS.sub(r"iz\1", _forms().get(word, word))
    if base.isdecimal():
        return base
    if base[:-1].isdecimal() and base.endswith("s"):
        return base[:-1]  # Su-27s, the 1990s
    return str(_stemmer().stemWord(base))  # type: ignore[attr-defined]


def stems(text: str) -> list[str]:
    """The stems of a text's words in their order.

    >>> stems("Signed treaties")
    ['sign', 'treati']
    """
    return [stem(word) for word in words_of(text)]

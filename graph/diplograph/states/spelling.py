"""The forms under which a printed name or code is looked up in the crosswalk."""

from __future__ import annotations

import re
from functools import lru_cache

from diplograph.keys import name_key
from diplograph.states.records import Scheme

__all__ = ["code_form", "halves", "name_forms", "without_rank"]

_SHORT = (
    (re.compile(r"&"), " and "),
    (re.compile(r"\bSt(?:e)?\.? ", re.IGNORECASE), "Saint "),
    (re.compile(r"\bIs(?:l|lds)?\.?(?=$| )", re.IGNORECASE), "Islands"),
    (re.compile(r"\bRep(?:\.|(?=$| ))", re.IGNORECASE), "Republic"),
    (re.compile(r"\bDem(?:\.|(?=$| ))", re.IGNORECASE), "Democratic"),
    (re.compile(r"\bFed(?:\.|(?=$| ))", re.IGNORECASE), "Federal"),
)
_TURNED = re.compile(r"(?P<head>[^,()]+?)\s*(?:,\s*(?P<rest>[^,()]+)|\((?P<inner>[^()]+)\))")
_RANK = re.compile(r"(?:former|(?:republic|kingdom|state) of)(?: the)? (?P<name>.+)")


def code_form(code: str, scheme: Scheme) -> str:
    """A code as the crosswalk writes it: three digits of ISO, plain numbers, capital letters.

    >>> code_form("4", "iso-numeric"), code_form(" 020", "cow"), code_form("sun", "iso3")
    ('004', '20', 'SUN')
    """
    plain = code.strip().upper().removesuffix(".0")
    if not (plain.isascii() and plain.isdigit()):
        return plain
    if scheme == "iso-numeric":
        return plain.zfill(3)
    return str(int(plain))


@lru_cache(maxsize=65536)
def name_forms(printed: str) -> tuple[str, ...]:
    """The keys under which a printed name is looked for, the plainest first.

    Abbreviations are written out, and what stands after a comma or in brackets is put in front, as
    in “Korea, Republic of” and “Iran (Islamic Republic of)”.

    >>> name_forms("Korea, Dem. People's Rep. of")[-1]
    'democratic peoples republic of korea'
    """
    long = printed
    for pattern, whole in _SHORT:
        long = pattern.sub(whole, long)
    forms = [printed, long]
    for text in (printed, long):
        turned = _TURNED.fullmatch(text.strip().rstrip("*"))
        if turned:
            forms.append(f"{turned['rest'] or turned['inner']} {turned['head']}")
    return tuple(dict.fromkeys(key for key in map(name_key, forms) if key))


def halves(printed: str) -> tuple[str, str] | None:
    """The two names of “One (Other)”, as keys, or None where it is not printed so.

    >>> halves("East Germany (GDR)")
    ('east germany', 'gdr')
    """
    turned = _TURNED.fullmatch(printed.strip().rstrip("*"))
    if not turned or not turned["inner"]:
        return None
    return name_key(turned["head"]), name_key(turned["inner"])


def without_rank(printed: str) -> str:
    """The key of “Republic of X”, “Kingdom of X”, “State of X” or “former X” as that of X.

    Only of use where the whole is no name itself: “Republic of Korea” is.

    >>> without_rank("The Republic of Hungary"), without_rank("Hungary")
    ('hungary', '')
    """
    ranked = _RANK.fullmatch(name_key(printed))
    return ranked["name"] if ranked else ""

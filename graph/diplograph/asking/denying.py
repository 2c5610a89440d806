"""Whether a fact says that there was no such thing as a question asks for.

A denial of the data says so. So does a statement that is negative in its main clause (“the top
officials never reacted”), where the question asks for what it says no to: “What was the reaction?”,
and not “Why did they not react?”, nor “What did they do instead?”.
"""

from __future__ import annotations

import re

from diplograph.asking.outcome import Context
from diplograph.asking.wording import grammar
from diplograph.model import Fact

__all__ = ["denies", "says_no_such"]


def denies(fact: Fact) -> bool:
    """Whether a fact is a denial, or its statement is negative in its main clause."""
    if fact.kind == "Denial":
        return True
    if fact.grade not in ("stated", "inferred"):
        return False
    main = _main_clause(fact.statement)
    return bool(_NEGATIVE.search(main)) and not _AFFIRMING.search(main)


def says_no_such(context: Context, focus: str, fact: Fact) -> bool:
    """Whether a fact says that there is none of what a question with such a focus asks for."""
    if focus not in _ASKING or not denies(fact):
        return False
    keys = {token.key for token in context.heard.tokens}
    if not keys.isdisjoint(grammar("causes")):
        return False
    if focus == "when" and _UNTIL.search(_main_clause(fact.statement)):
        return False  # it tells until when it was not so, and so when it was
    negated = _DENIED.search(fact.statement) is not None  # “did not deny”, to “when was it denied?”
    denying = keys & grammar("denying")
    return not denying or (negated and denying <= _DENYING_ITSELF)


_ASKING = ("what", "which", "who", "when", "where", "how-many", "list")
_DENYING_ITSELF = frozenset({"deny", "denied", "denies", "denial", "disown", "disowned"})
_DENIED = re.compile(r"\b(?:not|never|no)\b[^.;:]*\b(?:den(?:y|ied|ies|ial)|disown)", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|before|till|between)\b", re.IGNORECASE)


def _main_clause(statement: str) -> str:
    """The first clause of a statement that is no subordinate one, up to where the next begins."""
    text = statement
    while (led := _LED.match(text)) is not None:
        if led["phrase"] and _NEGATIVE.search(led[0]):
            break  # a phrase that runs on into the main clause
        text = text[led.end() :]
    return _NEXT.split(text, maxsplit=1)[0]


_LED = re.compile(
    r"(?:because|since|after|before|although|though|unlike|once|when|while|despite|"
    r"(?P<phrase>in|on|at|of|by|for|with|under|to|from))\b[^,:;]*,\s",
    re.IGNORECASE,
)
"""A clause or a phrase that stands before the main clause."""
_NEXT = re.compile(
    r"[:;]|, (?=which|who|whose|but|although|though|because|since|while|whereas|unlike)|"
    r"\s(?:that|which|who|whom|whose|where|if|whether|because|as|than|but|although|what)\s"
)
"""Where another clause begins."""
_NEGATIVE = re.compile(
    r"\b(?:not|never|neither|nobody|nothing|none|cannot|no)\b|"
    r"\b(?:kept from|avoided|refused|rejected|turned down|paid no heed|left out)\b",
    re.IGNORECASE,
)
_AFFIRMING = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing) (?:only|more|less|fewer|larger|bigger|longer|other|but|"
    r"long|many|much|doubt|surprised?|sure|before|expect|think|see|read|say|tell|name|know)\b|"
    r"\b(?:not|never|no|none|nobody|nothing)\b.*\b(?:more|less|larger|bigger|better|before|until)\b",
    re.IGNORECASE,
)
"""Negative words that deny nothing: “not only”, “never before”, “no other”, “does not think”."""

"""Whether a fact says that there was no such thing as a question asks for.

A denial of the data says so. So does a statement that is negative in its main clause (“the top
officials never reacted”), where the question asks for what it says no to: “What was the reaction?”,
and not “Why did they not react?”, nor “What did they do instead?”.
"""

from __future__ import annotations

import re

from diplograph.asking.details import asks_for_a_reaction, asks_for_words
from diplograph.asking.outcome import Context
from diplograph.asking.wording import grammar, wording
from diplograph.model import Fact
from diplograph.stems import stem, stems

__all__ = ["denies", "denies_words", "says_no", "says_no_such"]


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
    reaction = focus == "how" and asks_for_a_reaction(context)
    if not (focus in _ASKING or reaction) or not denies(fact):
        return False
    main = _main_clause(fact.statement)
    if reaction and not denies_words(fact):
        return False  # it tells what was not done, and so how the reaction was
    if _IN_WORDS.search(main) and asks_for_words(context):
        return False  # “he denied that …” tells what he said
    keys = {token.key for token in context.heard.tokens}
    if not keys.isdisjoint(grammar("causes")):
        return False
    if _UNTIL.search(fact.statement):
        return False  # it tells until when it was not so, and so when it was
    if fact.kind != "Denial" and not _is_asked_for(context, _main_clause(fact.statement)):
        return False
    negated = _DENIED.search(fact.statement) is not None  # “did not deny”, to “when was it denied?”
    denying = keys & grammar("denying")
    return not denying or (negated and denying <= _DENYING_ITSELF)


_IN_WORDS = re.compile(r"\bdenied that\b|\bruled out\b")


def denies_words(fact: Fact) -> bool:
    """Whether the main clause of a denial is about saying or answering something."""
    answers = {stem(word) for word in grammar("answering") | grammar("answers") | {"say", "said"}}
    return not answers.isdisjoint(stems(_main_clause(fact.statement)))


def says_no(context: Context, fact: Fact) -> bool:
    """Whether a fact says in its main clause, and without exception, no to what a question asks.

    A question that denies something itself is left open, and so is what was not so until some time.
    """
    keys = {token.key for token in context.heard.tokens}
    if keys & (grammar("denying") | grammar("weakening") | grammar("overstating")):
        return False
    if fact.kind == "Denial":
        return _UNTIL.search(fact.statement) is None and _is_asked_for(
            context, _main_clause(fact.statement)
        )
    if fact.grade != "stated" or _UNTIL.search(fact.statement) or _EXCEPT.search(fact.statement):
        return False
    if not denies(fact) or _DENIED.search(fact.statement):
        return False
    return _denied_word(context, _main_clause(fact.statement))


def _denied_word(context: Context, main: str) -> bool:
    """Whether one of the next words after the “not” of a clause is what the question asks of."""
    denied = {s for m in _NEGATIVE.finditer(main) for s in stems(main[m.start() :])[1:_NEXT_WORDS]}
    return any(not words.isdisjoint(denied) for words in _asked(context))


_NEXT_WORDS = 3
_EXCEPT = re.compile(
    r"\b(?:except|but|apart from|other than|only|merely|although|though|yet|most)\b", re.IGNORECASE
)


def _asked(context: Context) -> list[set[str]]:
    """The words of a question that are no names, each with those that mean the same."""
    tokens = context.heard.tokens
    named = {i for m in context.heard.of("entity", "date") for i in range(m.first, m.last)}
    fillers = wording().fillers
    return [
        {other for other, how in wording().like(t.stem).items() if how >= _MEANT}
        for i, t in enumerate(tokens) if i not in named and t.stem not in fillers
    ]  # fmt: skip


def _is_asked_for(context: Context, main: str) -> bool:
    """Whether a clause says no to what is asked for, and not to something beside it.

    It does where one of the next words after the “not” is one of the question's, or where half of
    the question's words are in it: “What did Putin say?” is not met by “he did not blame China”.
    """
    asked = _asked(context)
    denied = {s for m in _NEGATIVE.finditer(main) for s in stems(main[m.start() :])[:_AFTER]}
    if any(not words.isdisjoint(denied) for words in asked):
        return True
    own = set(stems(main))
    return 2 * sum(not words.isdisjoint(own) for words in asked) >= len(asked) > 0


_MEANT, _AFTER = 0.5, 4
"""How surely a word has to mean the same, and how many words from the “not” on are looked at."""
_ASKING = ("what", "which", "who", "when", "where", "how-many", "list")
_DENYING_ITSELF = frozenset({"deny", "denied", "denies", "denial", "disown", "disowned"})
_DENIED = re.compile(r"\b(?:not|never|no)\b[^.;:]*\b(?:den(?:y|ied|ies|ial)|disown)", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till)\b|\b(?:between|before) (?:\w+ )?\d{4}\b", re.IGNORECASE)


def _main_clause(statement: str) -> str:
    """The first clause of a statement that is no subordinate one, up to where the next begins."""
    text = statement
    while (led := _LED.match(text)) is not None:
        if led["phrase"] and len(led[0].split()) > _PHRASE:
            break  # it runs on into the main clause
        text = text[led.end() :]
    return _NEXT.split(text, maxsplit=1)[0]


_PHRASE = 8
"""How many words a phrase before the main clause has at most."""
_LED = re.compile(
    r"(?:because|since|after|before|although|though|unlike|once|when|while|despite|"
    r"(?P<phrase>in|on|at|of|by|for|with|under|to|from))\b[^,:;]*,\s",
    re.IGNORECASE,
)
"""A clause or a phrase that stands before the main clause."""
_NEXT = re.compile(
    r"[:;]|, (?=which|who|whose|and|but|although|though|because|since|while|whereas|unlike)|"
    r"(?<!denied)\s(?:that|which|who|whom|whose|where|if|whether|because|as|than|although|what)\s"
)
"""Where another clause begins."""
_NEGATIVE = re.compile(
    r"\b(?:not|never|neither|nobody|nothing|none|cannot|no)\b|"
    r"\b(?:kept from|avoided|refused|rejected|turned down|paid no heed|left out|"
    r"denied that|ruled out)\b",
    re.IGNORECASE,
)
_AFFIRMING = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing) (?:only|more|less|fewer|larger|bigger|longer|other|"
    r"but|long|many|much|doubt|surprised?|sure|before|expect|think|see|read|say|tell|name|know)\b|"
    r"\b(?:not|never|no|none|nobody|nothing)\b.*\b(?:more|less|larger|bigger|better|before|until)\b",
    re.IGNORECASE,
)
"""Negative words that deny nothing: “not only”, “never before”, “no other”, “does not think”."""

"""What a question wants to know, and the noun that it asks for."""

from __future__ import annotations

import re

from diplograph.asking.parts import Heard, Mention
from diplograph.asking.wording import grammar, wording

__all__ = ["focus_of", "head_of"]


def focus_of(heard: Heard) -> str:
    """What the question wants to know; see :data:`~diplograph.asking.templates.FOCUSES`."""
    keys = [token.key for token in heard.tokens]
    for i, key in enumerate(keys):
        following = keys[i + 1] if i + 1 < len(keys) else ""
        if key in ("who", "whom", "whose"):
            if i and key == "who" and _is_some(keys[i - 1]):
                continue  # “the share of Russians who think …”
            return "who"
        if key == "when":
            if i == 0 or (
                following in grammar("auxiliary")
                and keys[0] not in grammar("question") | grammar("auxiliary")
            ):
                return "when"
            continue
        if key == "where":
            return "how" if {"stand", "stands", "stood"} & set(keys[i:]) else "where"
        if key == "why":
            return "why"
        if key == "how":
            return "how-many" if following in grammar("quantity") else "how"
        if key in ("which", "what"):
            if following in (
                "year",
                "month",
                "date",
                "day",
                "years",
                "days",
                "dates",
                "months",
                "time",
            ):
                return "when"
            if following in ("city", "cities", "country", "place", "town") and i > 0:
                before = keys[i - 1]
                return "where" if before in ("in", "at") else "which"
            after_that = keys[i + 2] if i + 2 < len(keys) else ""
            if following in _AMOUNTS or (following in _MEASURES and after_that != "of"):
                return "how-many"
            if after_that in _LIMITS:
                return "how-many"  # “what troop ceiling”
            if key == "what" and following in grammar("causing") and after_that != "up":
                return "why"  # “what made them join”, and not “what makes up the group”
            if following in grammar("auxiliary") and _size_follows(keys[i + 2 :]):
                return "how-many"
            if not following or following in grammar("auxiliary") or following in grammar("verbs"):
                return "what"
            after = [m for m in heard.mentions if i < m.first <= i + 3]
            return "who" if any(m.name == "Person" for m in after) else "which"
        if i == 0 and key in grammar("lead"):
            people = [m for m in heard.of("class") if m.name == "Person" and m.first <= 4]
            return "who" if people else "list"
        if i == 0 and key in grammar("auxiliary"):
            return "which" if "or" in keys[2:] else "yes-no"
    begins = [key for key in keys[:3] if key not in _ASIDE]
    if begins and begins[0] in (*_AMOUNTS, "count", "value", "size", "total"):
        return "how-many"
    if begins and begins[0] in ("date", "dates"):
        return "when"
    clauses = re.findall(r"(?:[,;:]|\s[-–—]|[.!](?=\s))\s*(\w+)", heard.question)
    if not any(c.lower() in grammar("auxiliary") for c in clauses):
        return "list"
    return "which" if "or" in keys[2:] else "yes-no"


def _is_some(key: str) -> bool:
    """Whether a “who” after this word tells more of those whom it names, and asks for nobody."""
    return key in _SOME or (key.endswith("s") and key not in grammar("auxiliary"))


_SOME = ("those", "people", "anybody", "anyone", "somebody", "someone", "everybody", "nobody")


def _size_follows(keys: list[str]) -> bool:
    """Whether the size of something is asked for: “what was *the value of* trade”."""
    begins = [key for key in keys[:3] if key not in _ASIDE]
    return len(begins) > 1 and begins[0] in grammar("sizes") and begins[1] == "of"


def head_of(heard: Heard, focus: str) -> int | None:
    """The place of the noun that the question word asks for: “which SCO *summit* did …”.

    None where it asks for none, or where the noun is as general as the question word.
    """
    if focus not in ("which", "how-many", "who"):
        return None
    keys = [token.key for token in heard.tokens]
    first = next((i + 1 for i, k in enumerate(keys) if k in ("which", "what")), None)
    if focus == "how-many":
        first = next((i + 1 for i, k in enumerate(keys) if k in ("many", "much")), None)
        if first is None:  # “what quantity of oil”
            first = next((i + 2 for i, k in enumerate(keys) if k in _AMOUNTS), None)
    if first is None:
        return None
    last = first
    while (
        last < len(keys)
        and keys[last] not in grammar("auxiliary")
        and keys[last] not in grammar("after-noun")
    ):
        last += 1
    fillers = wording().fillers
    nouns = [
        m for m in heard.mentions
        if first <= m.first and m.last <= last and _is_noun(m)
        and not heard.tokens[m.last - 1].key.endswith("ed")  # “how many deputies travelled”
    ]  # fmt: skip
    named = {i for m in heard.of("entity") if not m.soft for i in range(m.first, m.last)}
    content = [
        i for i in range(first, last) if heard.tokens[i].stem not in fillers and i not in named
    ]  # fmt: skip
    if last < len(keys) and keys[last] in grammar("auxiliary") and last - first <= _LONGEST_PHRASE:
        return content[-1] if content else None
    if nouns and (not content or nouns[0].first - content[0] <= 2):
        return nouns[0].last - 1
    return content[0] if content else None


def _is_noun(mention: Mention) -> bool:
    """Whether a mention names things of a kind, and not what was done to them: “reported”."""
    if mention.kind == "class":
        return True
    return mention.kind == "concept" and any(
        c.scheme.endswith("-kind") or c.scheme in ("measure", "role") for c in mention.concepts
    )


_AMOUNTS = ("percentage", "share", "proportion", "number", "volume", "amount", "quantity")
_MEASURES = ("sum", "ceiling", "limit", "range", "distance", "size", "length")
"""Words for what is told by a number where nothing is said to make it up: “a *range of* topics”."""
_LIMITS = ("sum", "ceiling", "limit", "range")
_ASIDE = ("the", "exact", "exactly", "precise", "approximate", "approx", "give", "name")
"""Words before the noun that is asked for, where a question has no verb: “exact date of …”."""
_LONGEST_PHRASE = 5

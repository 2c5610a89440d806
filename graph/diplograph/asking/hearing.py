"""What a question says: its words, and the names, kinds, classes, dates and sources in it.

A question is cut into words; every stretch of it that a person can have meant as a name is looked
up among the names of the graph (longest first, demonyms and plurals included), among the concepts
of the vocabulary by their stems, and among the dates. What is left are plain words. Words that the
graph has never heard of are tried as misspellings of a name, then of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from diplograph import dates, spoken
from diplograph.asking.describing import described
from diplograph.asking.elsewhere import named_elsewhere
from diplograph.asking.mending import mended, partly_named
from diplograph.asking.naming import concepts_in, entities_in
from diplograph.asking.occasions import occasions
from diplograph.asking.parts import Heard, Mention, Token, best_mentions, placed, span
from diplograph.asking.scenes import scene_of
from diplograph.asking.succeeding import in_their_time
from diplograph.asking.understood import with_the_two
from diplograph.asking.wording import grammar, wording
from diplograph.keys import name_key
from diplograph.resources import asking_words
from diplograph.stems import stem
from diplograph.store import Graph
from diplograph.words import MONTHS

__all__ = ["hear"]

_WORD = re.compile(r"\w+(?:['’ʼ`]\w+)*")
_POSSESSIVE = re.compile(r"['’ʼ`]s?$")
_PART_OF = {"six": "half", "6": "half", "three": "quarter", "3": "quarter"}
_MONTHS_OF = re.compile(r"\b(first) (six|6|three|3) months\b", re.IGNORECASE)
"""Ways to say a half or a quarter of a year."""


def hear(graph: Graph, question: str, plainly: bool = False) -> Heard:
    """Take a question apart.

    ``plainly``: without names of several words that events and themes bear, so that what such a
    name is made of can be met by itself.
    """
    text = unicodedata.normalize("NFKC", question).strip()
    for written, plain in asking_words()["written"].items():
        text = re.sub(written, plain, text, flags=re.IGNORECASE)
    text = _MONTHS_OF.sub(lambda m: f"{m[1]} {_PART_OF[m[2].lower()]}", text)
    tokens = _tokens(text)
    found = [*_dates(text, tokens), *_sources(graph, tokens)]
    named = entities_in(graph, text, tokens)
    found += [m for m in named if not (plainly and _can_be_parted(m, tokens))]
    found += concepts_in(graph, text, tokens)
    chosen = best_mentions(found)
    heard = Heard(text, tokens, tuple(chosen))
    heard = mended(graph, named_elsewhere(graph, heard))
    heard = with_the_two(graph, partly_named(graph, heard))
    heard = in_their_time(graph, described(graph, heard if plainly else occasions(graph, heard)))
    mentions = _heads(heard)
    in_place = tuple(placed(m, heard.tokens) for m in mentions)
    authors = frozenset(author for _, author in _source_names(graph) if author)
    notes = (*heard.notes, *_without_a_year(tokens, in_place))
    heard = replace(heard, mentions=in_place, notes=notes, authors=authors)
    scene = scene_of(heard.question)
    if scene:
        first = next((i for i, t in enumerate(tokens) if t.start >= len(scene)), 0)
        return replace(heard, begins=first, scene=first > 0)
    return replace(heard, begins=_beginning(heard))


def _heads(heard: Heard) -> list[Mention]:
    """With the kinds that qualify another one left to it: of “aircraft engines”, the engines."""
    kept: list[Mention] = []
    tokens = heard.tokens
    for mention in heard.mentions:
        before = kept[-1] if kept else None
        if (
            before is not None
            and heard.question[tokens[before.last - 1].end : tokens[mention.first].start].isspace()
            and before.kind == mention.kind == "concept"
            and before.last == mention.first
            and {c.scheme for c in before.concepts} & {c.scheme for c in mention.concepts}
            and all(c.scheme.endswith("-kind") for c in before.concepts)
        ):
            kept[-1] = replace(mention, first=before.first)
        else:
            kept.append(mention)
    return kept


_SENTENCE_END = re.compile(r"[.;:!]\s+(?=\w)")


def _beginning(heard: Heard) -> int:
    """Where the question proper begins: after a sentence that its pronoun points back to."""
    ends = [match.end() for match in _SENTENCE_END.finditer(heard.question)]
    if not ends:
        return 0
    first = next((i for i, t in enumerate(heard.tokens) if t.start >= ends[-1]), 0)
    pointed = any(t.key in grammar("backward") for t in heard.tokens[first : first + 6])
    return first if pointed and any(m.last <= first for m in heard.of("entity")) else 0


def _can_be_parted(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether the words of a name can be met by themselves: not of one that is asked about."""
    if mention.first and tokens[mention.first - 1].key in grammar("theme"):
        return False
    return _is_composed(mention) or _is_generic(mention, tokens)


def _is_composed(mention: Mention) -> bool:
    composed = {"Event", "Issue", "Agreement", "Project"}
    return mention.last - mention.first > 1 and all(e.type in composed for e in mention.entities)


def _is_generic(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a name is a country and an everyday word: the Chinese military, Russian officials."""
    words = tokens[mention.first : mention.last]
    demonyms = wording().demonyms
    return len(words) > 1 and all(
        (t.stem,) in demonyms or t.possessive or t.text.islower() for t in words
    )


def _tokens(text: str) -> tuple[Token, ...]:
    tokens = []
    for match in _WORD.finditer(text):
        word = match[0]
        bare = _POSSESSIVE.sub("", word)
        key = re.sub(r"\W", "", name_key(f"x {bare}")[1:])
        if key:
            tokens.append(Token(word, key, stem(key), match.start(), match.end(), bare != word))
    return tuple(tokens)


def _dates(text: str, tokens: Sequence[Token]) -> list[Mention]:
    found = []
    for date in spoken.find(text):
        day = _day_of_its_own(date.text) if date.period is None else None
        period = dates.parse(day) if day else date.period
        if period is None and _is_of_any_year(date.text):
            continue
        first, last = span(tokens, date.start, date.end)
        if first < last:
            found.append(
                Mention(first, last, "date", date.text, period=period, relation=date.relation)
            )
    return found


def _is_of_any_year(text: str) -> bool:
    """Whether it names a month or a day of one and no year: each word of it is met by itself."""
    return _MONTH.search(text) is not None and _YEAR.search(text) is None


_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_YEAR = re.compile(r"\b\d{4}\b")


def _without_a_year(tokens: Sequence[Token], mentions: Sequence[Mention]) -> tuple[str, ...]:
    """What to say of a month that is named without its year; nothing where none is."""
    taken = {i for m in mentions for i in range(m.first, m.last)}
    named = [t.text for i, t in enumerate(tokens) if i not in taken and t.text in MONTHS]
    told = ", ".join(f"“{month}”" for month in dict.fromkeys(named) if month != "May")
    return (f"No year is named with {told}: it was met in any.",) if told else ()


def _day_of_its_own(text: str) -> str | None:
    """The EDTF of a day that goes by a name without its year, such as September 11."""
    days: dict[str, str] = asking_words()["days"]
    return next((edtf for name, edtf in days.items() if name.lower() in text.lower()), None)


# --- sources -------------------------------------------------------------------------------------


def _sources(graph: Graph, tokens: Sequence[Token]) -> list[Mention]:
    """Names by which people speak of a source: its identifier and the words for its form."""
    forms: dict[str, str] = asking_words()["sources"]
    found = []
    known = {s for s, _ in _source_names(graph)}
    for i, token in enumerate(tokens):
        name = forms.get(token.key)
        following = tokens[i + 1].key if i + 1 < len(tokens) else ""
        if name in known:
            found.append(Mention(i, i + 1, "source", token.text, name=name))
        elif token.key in grammar("texts") and following in grammar("tell"):
            found.append(Mention(i, i + 1, "source", token.text))
    return found


@lru_cache(maxsize=4)
def _source_names(graph: Graph) -> tuple[tuple[str, str], ...]:
    """The identifier of each source with the IRI of its author."""
    rows = graph.select(
        """SELECT ?id (SAMPLE(?a) AS ?author) WHERE { ?s a dg:Source ; dct:identifier ?id
           OPTIONAL { ?s schema:author ?a } } GROUP BY ?id"""
    )
    return tuple((row["id"], row.get("author", "")) for row in rows)

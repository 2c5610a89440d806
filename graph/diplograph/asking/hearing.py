"""What a question says: its words, and the names, kinds, classes, dates and sources in it.

A question is cut into words; every stretch of it that a person can have meant as a name is looked
up among the names of the graph (longest first, demonyms and plurals included), among the concepts
of the vocabulary by their stems, and among the dates. What is left are plain words. Words that the
graph has never heard of are tried as misspellings of a name, then of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from diplograph import dates, spoken
from diplograph.asking.wording import Phrase, grammar, wording
from diplograph.errors import AmbiguousName, UnknownName
from diplograph.keys import name_key
from diplograph.model import Entity
from diplograph.names import resolve
from diplograph.namespaces import DG, INDEX_GRAPH, local_name
from diplograph.resources import asking_words
from diplograph.stems import stem
from diplograph.store import Graph

__all__ = ["Concept", "Heard", "Mention", "Token", "hear"]

Kind = Literal["entity", "concept", "class", "date", "source"]

_LONGEST_NAME = 12
_WORD = re.compile(r"\w+(?:['’ʼ`]\w+)*")
_POSSESSIVE = re.compile(r"['’ʼ`]s?$")
_SOFT = frozenset({"Issue", "Document", "Post", "ArmsTransfer"})
_SCHEMES = frozenset(
    f"{name}-kind" for name in ("agreement", "event", "weapon", "organization", "project", "place")
) | {"stage", "grade", "measure", "role", "position", "mode"}


@dataclass(frozen=True)
class Token:
    """A word of the question: as typed, its key and stem, and where it stands."""

    text: str
    key: str
    stem: str
    start: int
    end: int
    possessive: bool = False


@dataclass(frozen=True)
class Concept:
    """A concept of the vocabulary, by its IRI, its label and its scheme."""

    id: str
    label: str
    scheme: str


@dataclass(frozen=True)
class Mention:
    """A stretch of the question (tokens ``first`` to ``last``, not included) and what it names."""

    first: int
    last: int
    kind: Kind
    text: str
    entities: tuple[Entity, ...] = ()
    concepts: tuple[Concept, ...] = ()
    name: str = ""
    period: object = None
    relation: str = ""
    before: str = ""
    adjective: bool = False
    partial: bool = False
    note: str | None = None

    @property
    def soft(self) -> bool:
        """Whether it names themes or papers only, which a fact can be about without naming them."""
        return self.kind == "entity" and (
            self.partial or all(e.type in _SOFT for e in self.entities)
        )


@dataclass(frozen=True)
class Heard:
    """A question taken apart."""

    question: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    notes: tuple[str, ...] = ()
    unknown: tuple[UnknownName, ...] = ()
    authors: frozenset[str] = frozenset()
    """The authors of the graph's sources."""
    begins: int = 0
    """The token with which the question begins; before it stands what only leads up to it."""

    def of(self, *kinds: str) -> tuple[Mention, ...]:
        """The mentions of some kinds, in order."""
        return tuple(m for m in self.mentions if m.kind in kinds)

    def loose(self) -> list[int]:
        """The places of the tokens that no mention takes."""
        taken = {i for m in self.mentions for i in range(m.first, m.last)}
        return [i for i in range(len(self.tokens)) if i not in taken]


_PART_OF = {"six": "half", "6": "half", "three": "quarter", "3": "quarter"}
_MONTHS_OF = re.compile(r"\b(first) (six|6|three|3) months\b", re.IGNORECASE)
"""Ways to say a half or a quarter of a year."""


def hear(graph: Graph, question: str, plainly: bool = False) -> Heard:
    """Take a question apart.

    ``plainly``: without names of several words that events and themes bear, so that what such a
    name is made of can be met by itself.
    """
    text = unicodedata.normalize("NFKC", question).strip()
    text = _MONTHS_OF.sub(lambda m: f"{m[1]} {_PART_OF[m[2].lower()]}", text)
    tokens = _tokens(text)
    found = [*_dates(text, tokens), *_sources(graph, tokens)]
    named = _entities(graph, text, tokens)
    found += [m for m in named if not (plainly and _is_composed(m))]
    found += _concepts(graph, text, tokens)
    chosen = _choose(found)
    heard = Heard(text, tokens, tuple(chosen))
    heard = _mended(graph, heard)
    heard = _partly_named(graph, heard)
    mentions = _heads(heard)
    placed = tuple(_placed(m, heard.tokens) for m in mentions)
    authors = frozenset(author for _, author in _source_names(graph) if author)
    return replace(heard, mentions=placed, begins=_beginning(heard), authors=authors)


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


def _is_composed(mention: Mention) -> bool:
    composed = {"Event", "Issue", "Agreement", "Project"}
    return mention.last - mention.first > 1 and all(e.type in composed for e in mention.entities)


def _tokens(text: str) -> tuple[Token, ...]:
    tokens = []
    for match in _WORD.finditer(text):
        word = match[0]
        bare = _POSSESSIVE.sub("", word)
        key = re.sub(r"\W", "", name_key(f"x {bare}")[1:])
        if key:
            tokens.append(Token(word, key, stem(key), match.start(), match.end(), bare != word))
    return tuple(tokens)


def _span(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    inside = [i for i, t in enumerate(tokens) if t.start >= start and t.end <= end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _dates(text: str, tokens: Sequence[Token]) -> list[Mention]:
    found = []
    for date in spoken.find(text):
        day = _day_of_its_own(date.text) if date.period is None else None
        period = dates.parse(day) if day else date.period
        first, last = _span(tokens, date.start, date.end)
        if first < last:
            found.append(
                Mention(first, last, "date", date.text, period=period, relation=date.relation)
            )
    return found


def _day_of_its_own(text: str) -> str | None:
    """The EDTF of a day that goes by a name without its year, such as September 11."""
    days: dict[str, str] = asking_words()["days"]
    return next((edtf for name, edtf in days.items() if name.lower() in text.lower()), None)


# --- sources -------------------------------------------------------------------------------------


def _sources(graph: Graph, tokens: Sequence[Token]) -> list[Mention]:
    """Names by which people speak of a source: its identifier and the words for its form."""
    forms = {("essay",): "yubin-2000", ("chronolog",): "yubin-2000", ("chapter",): "mitchell-2007"}
    found = []
    known = {s for s, _ in _source_names(graph)}
    for i, token in enumerate(tokens):
        name = forms.get((token.stem,))
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


# --- names ---------------------------------------------------------------------------------------


def _entities(graph: Graph, text: str, tokens: Sequence[Token]) -> list[Mention]:
    keys: dict[str, list[tuple[int, int, bool]]] = {}
    words = wording()
    for first in range(len(tokens)):
        for last in range(first + 1, min(first + _LONGEST_NAME, len(tokens)) + 1):
            part = tokens[first:last]
            joined = " ".join(t.key for t in part)
            forms = {(joined, False)}
            if len(part[-1].key) > 2 and part[-1].key.endswith("s"):
                forms.add((joined[:-1], False))
            phrase = tuple(t.stem for t in part)
            country = words.demonyms.get(phrase)
            if country and (phrase not in words.abbreviations or part[0].text.isupper()):
                forms.add((name_key(country), True))
            for form, adjective in forms:
                keys.setdefault(form.removeprefix("the "), []).append((first, last, adjective))
    rows = _bearers(graph, sorted(keys))
    bearers: dict[str, list[Entity]] = {}
    for key, entity in rows:
        bearers.setdefault(key, []).append(entity)
    found = []
    spans: dict[tuple[int, int], tuple[dict[str, Entity], bool]] = {}
    for key, places in keys.items():
        for first, last, adjective in places if key in bearers else ():
            named, _ = spans.get((first, last), ({}, False))
            spans[first, last] = ({**named, **{e.id: e for e in bearers[key]}}, adjective)
    for (first, last), (named, adjective) in spans.items():
        mention = Mention(
            first, last, "entity", text[tokens[first].start : tokens[last - 1].end],
            entities=tuple(named.values()), adjective=adjective,
        )  # fmt: skip
        if not _everyday(mention, tokens):
            found.append(mention)
    return found


def _everyday(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a name is, as typed, an everyday word: ``observers``, ``king``, ``education``."""
    part = tokens[mention.first : mention.last]
    part = part[1:] if len(part) > 1 and part[0].key in ("the", "a") else part
    if len(part) > 1 or mention.adjective:
        return False
    token = part[0]
    words = wording()
    everyday = (
        token.stem in words.fillers or (token.stem,) in words.of or (token.stem,) in words.classes
    )
    return everyday and (not token.text[0].isupper() or mention.first == 0)


def _bearers(graph: Graph, keys: Sequence[str]) -> list[tuple[str, Entity]]:
    values = " ".join('"' + key.replace("\\", "").replace('"', "") + '"' for key in keys)
    rows = graph.select(
        f"""SELECT ?key ?e ?label ?class WHERE {{
            VALUES ?key {{ {values} }} GRAPH <{INDEX_GRAPH}> {{ ?e dg:key ?key }}
            ?e a dg:Entity ; skos:prefLabel ?label ; a ?class .
            FILTER(STRSTARTS(STR(?class), "{DG}"))
            FILTER NOT EXISTS {{ ?e a ?narrower . ?narrower rdfs:subClassOf ?class }}
        }} ORDER BY ?key ?label ?class"""
    )
    found: dict[tuple[str, str], Entity] = {}
    for row in rows:
        entity = Entity(row["e"], row["label"], local_name(row["class"]))
        found.setdefault((row["key"], row["e"]), entity)
    return [(key, entity) for (key, _), entity in found.items()]


# --- concepts and classes ------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _concept_phrases(graph: Graph) -> dict[Phrase, tuple[Concept, ...]]:
    """The concepts of the vocabulary by the stems of their labels and of what means the same."""
    from diplograph.stems import stems

    query = "SELECT ?c ?name WHERE {{ ?c skos:inScheme ?scheme ; skos:{} ?name }}"
    labels = graph.pairs(query.format("prefLabel"))
    label = dict(labels)
    words = wording()
    own: dict[Phrase, set[Concept]] = {}
    wide: dict[Phrase, set[Concept]] = {}
    for iri, name in sorted([*labels, *graph.pairs(query.format("altLabel"))]):
        scheme = iri.rstrip("/").split("/")[-2]
        if scheme not in _SCHEMES:
            continue
        concept = Concept(iri, label[iri], scheme)
        phrase = tuple(stems(name))
        own.setdefault(phrase, set()).add(concept)
        for group in words.of.get(phrase, ()):
            if next(iter(_first(group))) == phrase:
                for other in words.groups[group]:
                    wide.setdefault(other, set()).add(concept)
    merged = {p: own.get(p) or wide[p] for p in {*own, *wide}}
    return {p: tuple(sorted(c, key=lambda c: c.id)) for p, c in merged.items()}


@lru_cache(maxsize=1)
def _firsts() -> tuple[Phrase, ...]:
    from diplograph.stems import stems

    return tuple(tuple(stems(line.split(",")[0])) for line in asking_words()["same"])


def _first(group: int) -> set[Phrase]:
    return {_firsts()[group]}


def _concepts(graph: Graph, text: str, tokens: Sequence[Token]) -> list[Mention]:
    phrases, words = _concept_phrases(graph), wording()
    found = []
    for first in range(len(tokens)):
        for last in range(first + 1, min(first + 5, len(tokens)) + 1):
            part = tokens[first:last]
            phrase = tuple(t.stem for t in part)
            whole = text[part[0].start : part[-1].end]
            if phrase in phrases:
                found.append(Mention(first, last, "concept", whole, concepts=phrases[phrase]))
            if phrase in words.classes:
                found.append(Mention(first, last, "class", whole, name=words.classes[phrase]))
    return found


# --- choosing and mending ------------------------------------------------------------------------

_ORDER = {"date": 0, "source": 1, "entity": 2, "concept": 3, "class": 4}


def _choose(found: Iterable[Mention]) -> list[Mention]:
    """The mentions that do not overlap with a better one: dates, then the longest.

    A class and a concept may name the same word ("treaty"); both are kept.
    """
    chosen: list[Mention] = []

    found = list(found)
    dated = [m for m in found if m.kind == "date"]

    def rank(m: Mention) -> tuple[bool, int, int, int]:
        """Dates first, but for a name that holds one ("the 1972 ABM Treaty"); then the longest."""
        whole = any(m.first <= d.first and d.last <= m.last and m.kind != "date" for d in dated)
        whole = whole and m.kind == "entity"
        return (m.kind != "date" and not whole, -(m.last - m.first), _ORDER[m.kind], m.first)

    for mention in sorted(found, key=rank):
        clash = [c for c in chosen if mention.first < c.last and c.first < mention.last]
        same = all(
            {c.kind, mention.kind} == {"concept", "class"}
            and (c.first, c.last) == (mention.first, mention.last)
            for c in clash
        )
        if not clash or same:
            chosen.append(mention)
    return sorted(chosen, key=lambda m: (m.first, _ORDER[m.kind]))


def _placed(mention: Mention, tokens: Sequence[Token]) -> Mention:
    """The mention with the word before it, by which its part in the sentence is known."""
    place = mention.first - 1
    while place >= 0 and tokens[place].key in ("the", "a", "an"):
        place -= 1
    return replace(mention, before=tokens[place].key if place >= 0 else "")


_MOST_PARTLY = 4
_DESIGNATION = re.compile(r"\b[A-Z][A-Za-z]{0,4}-\d{1,4}[A-Z0-9]*\b")
"""What weapons are called: T-90, Su-35S."""


def _partly_named(graph: Graph, heard: Heard) -> Heard:
    """With names of which only one telling word is given: ``Kovyktinskoye``, ``Kursk``."""
    loose = [
        i for i in heard.loose()
        if i > 0 and heard.tokens[i].text[0].isupper() and _strange(heard.tokens[i])
    ]  # fmt: skip
    found = []
    for i in loose:
        word = heard.tokens[i].key
        rows = _bearers(graph, [k for k in _keys(graph) if word in k.split()])
        entities = {e.id: e for _, e in rows}
        if 0 < len(entities) <= _MOST_PARTLY:
            text = heard.tokens[i].text
            found.append(
                Mention(i, i + 1, "entity", text, entities=tuple(entities.values()), partial=True)
            )
    unknown = list(heard.unknown)
    taken = {i for m in heard.mentions for i in range(m.first, m.last)}
    for match in _DESIGNATION.finditer(heard.question):
        first, last = _span(heard.tokens, match.start(), match.end())
        if first == last or taken & set(range(first, last)):
            continue
        begins = " ".join(t.key for t in heard.tokens[first:last])
        rows = _bearers(graph, [k for k in _keys(graph) if k.startswith(begins)])
        entities = {e.id: e for _, e in rows}
        if 0 < len(entities) <= _MOST_PARTLY:
            named = tuple(entities.values())
            found.append(Mention(first, last, "entity", match[0], entities=named))
        else:
            try:
                resolve(graph, match[0])
            except UnknownName as error:
                unknown.append(error)
            except AmbiguousName:
                pass
    heard = replace(heard, unknown=tuple(unknown))
    if not found:
        return heard
    mentions = sorted([*heard.mentions, *found], key=lambda m: (m.first, _ORDER[m.kind]))
    return replace(heard, mentions=tuple(mentions))


def _mended(graph: Graph, heard: Heard) -> Heard:
    """The question with misspelt words read as what they were meant to be.

    A word that neither the graph nor the shipped words know is tried against the words of all
    names, then against the everyday words; what is found is looked up again in its new form.
    """
    strange = [i for i in heard.loose() if _strange(heard.tokens[i])]
    known = _known_stems(graph, [heard.tokens[i].stem for i in strange]) if strange else set()
    strange = [i for i in strange if heard.tokens[i].stem not in known]
    if not strange:
        return heard
    tokens = list(heard.tokens)
    notes: list[str] = []
    unknown: list[UnknownName] = []
    names = _name_words(graph)
    for i in strange:
        token = tokens[i]
        word = _slip_of(token.key, names) or _slip_of(token.key, _vocabulary())
        if word:
            tokens[i] = replace(token, key=word, stem=stem(word))
            notes.append(f"“{token.text}” was read as “{word}”.")
        elif token.text[0].isupper() and i > 0:
            if i - 1 in strange and tokens[i - 1].text[0].isupper():
                continue  # told with the word before
            name = token.text
            if i + 1 in strange and tokens[i + 1].text[0].isupper():
                name = heard.question[token.start : tokens[i + 1].end]
            try:
                resolve(graph, name)
            except UnknownName as error:
                unknown.append(error)
            except AmbiguousName:
                pass
    mended = tuple(tokens)
    found = [*heard.of("date", "source"), *_entities(graph, heard.question, mended)]
    found += _concepts(graph, heard.question, mended)
    chosen = _choose(found)
    told = tuple(_named_in_full(note, chosen) for note in notes)
    return replace(heard, tokens=mended, mentions=tuple(chosen), notes=told, unknown=tuple(unknown))


def _named_in_full(note: str, found: Sequence[Mention]) -> str:
    """A note on a misspelt word that tells the whole name where it is part of one."""
    typed = note[1 : note.index("”")]
    for mention in found:
        if mention.kind == "entity" and typed in mention.text:
            text = re.sub(r"^(?:the|a) ", "", mention.text, flags=re.IGNORECASE)
            return f"“{text}” was read as “{mention.entities[0].label}”."
    return note


def _strange(token: Token) -> bool:
    words = wording()
    return (
        len(token.key) > 3
        and not token.key.isdecimal()
        and token.stem not in words.fillers
        and (token.stem,) not in words.of
        and (token.stem,) not in words.classes
    )


def _known_stems(graph: Graph, stems: Iterable[str]) -> set[str]:
    values = " ".join(f'"{s}"' for s in sorted(set(stems)))
    rows = graph.select(
        f"""SELECT DISTINCT ?stem WHERE {{ VALUES ?stem {{ {values} }}
            GRAPH <{INDEX_GRAPH}> {{ ?x dg:word ?stem }} }}"""
    )
    return {row["stem"] for row in rows}


@lru_cache(maxsize=4)
def _keys(graph: Graph) -> tuple[str, ...]:
    """The keys of all names of the graph."""
    rows = graph.select(
        f"SELECT DISTINCT ?key WHERE {{ GRAPH <{INDEX_GRAPH}> {{ ?e dg:key ?key }} }}"
    )
    return tuple(sorted(row["key"] for row in rows))


@lru_cache(maxsize=4)
def _name_words(graph: Graph) -> tuple[str, ...]:
    """The words of which the names of the graph are made."""
    return tuple(sorted({word for key in _keys(graph) for word in key.split() if len(word) > 3}))


def _slip_of(key: str, words: Sequence[str]) -> str | None:
    """The one word that a strange one is a slip of: one letter, two where it is long."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    if not key.isalpha():
        return None
    allowed = 1 if len(key) < 8 else 2
    found = process.extract(
        key, words, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=4
    )
    near = [(word, distance) for word, distance, _ in found if word[0] == key[0]]
    best = [word for word, distance in near if distance == near[0][1]]
    return str(best[0]) if len({stem(word) for word in best}) == 1 else None


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[str, ...]:
    from diplograph.stems import words_of

    told = asking_words()
    lines = [*told["same"], *told["classes"].values(), told["fillers"]]
    found = {w for line in lines for w in words_of(line) if len(w) > 4}
    return tuple(sorted(found))

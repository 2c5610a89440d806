"""The words of each fact, made at load time so that they can be looked up.

In the graph of the index, the graph's own name has the list of all facts (``dg:facts``), with the
first and last day, the passages and whether it tells a matter whole. By its place there a fact is
told in the *posting lists* (``dg:postings``, :mod:`diplograph.postinglists`) of what it has:

* a stem has the facts with it as a ``word`` of their own statement, as ``context``, which is what
  a fact is connected with (the names and kinds of the entities in it, its stage, its measure, the
  year and the month), and as ``sought``, one of the words under which curators expect a fact to be
  looked for (``dg:searchTerms``);
* the mark of a stem (:func:`diplograph.digests.word_mark`) has those in whose passage it is
  ``said``, and those that have it ``beside`` them in the rest of that sentence, where neither is
  among the former; a reader of the document asks in its words;
* an entity has those that name it (``names``), those whose agreement, event or transfer belongs to
  it (``concerns``), and those beside which others of the same stretch of text name it (``around``).

``dg:entry`` is what is looked at of a fact that meets a question: its stems, the phrases that it is
looked for by, and its vector; ``dg:latent`` is that of a stem (:mod:`diplograph.latent`). All of it
follows from the facts and their passages and says nothing that they do not say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from diplograph.digests import word_mark
from diplograph.latent import latent_vectors, stem_iri
from diplograph.namespaces import DG, INDEX_GRAPH, RDF_TYPE, SKOS
from diplograph.postinglists import (
    FactEntry,
    FactListed,
    listed,
    mark_iri,
    write_entry,
    write_list,
    write_postings,
)
from diplograph.stems import stems
from diplograph.words import MONTHS

__all__ = ["word_index"]

_LABEL, _ALT, _BROADER = SKOS + "prefLabel", SKOS + "altLabel", SKOS + "broader"
_OWN = ("statement",)
_ALSO = ("printed", "name", "expected", "describedAs")
_OF_THINGS = ("of", "content", "during", "about")
_TIES = ("party", "participant", "supplier", "recipient", "weapon", "postIn")
_ASIDE = {DG + name for name in ("evidence", "grade", "contradicts", "key", "view", "source")}

_AROUND = 150
"""How many characters may lie between passages for the one to be spoken of beside the other."""

_Values = dict[str, dict[str, list[str]]]


def word_index(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The index of all facts, from all quads with what loading derives."""
    values: _Values = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            value = quad.object.value if not isinstance(quad.object, ox.Triple) else ""
            own = values[quad.subject.value][quad.predicate.value]
            if value not in own:
                own.append(value)
    index = _Index(values)
    facts = {
        iri: index.fact(iri)
        for iri in sorted(s for s, own in list(values.items()) if ":" in s and RDF_TYPE in own)
        if DG + "Fact" in values[iri][RDF_TYPE]
    }
    if not facts:
        return
    for iri, near in index.around({iri: entries["names"] for iri, entries in facts.items()}):
        facts[iri]["around"] = near - facts[iri]["names"] - facts[iri]["concerns"]
    vectors = latent_vectors(
        {
            iri: dict.fromkeys(entries["sought"], _SOUGHT) | dict.fromkeys(entries["word"], 1.0)
            for iri, entries in facts.items()
        }
    )
    yield _told(
        INDEX_GRAPH,
        "facts",
        write_list(index.listed(iri, bool(own["word"])) for iri, own in facts.items()),
    )
    for having, lists in sorted(_postings(facts.values()).items()):
        yield _told(having, "postings", write_postings(lists))
    for iri, entries in facts.items():
        words, phrases = frozenset(entries["word"]), frozenset(index.phrases(iri))
        entry = FactEntry(words, phrases, vectors.facts.get(iri, ""))
        yield _told(iri, "entry", write_entry(entry))
    for stem, vector in vectors.stems.items():
        yield _told(stem_iri(stem), "latent", vector)


def _told(subject: str, name: str, text: str) -> ox.Quad:
    """What the index tells of something."""
    index = ox.NamedNode(INDEX_GRAPH)
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(DG + name), ox.Literal(text), index)


def _postings(facts: Iterable[Mapping[str, set[str]]]) -> dict[str, dict[str, list[int]]]:
    """By the IRI of a stem, a mark or an entity, the numbers of the facts that have it, by kind."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, entries in enumerate(facts):
        for kind, values in entries.items():
            for value in values:
                found[_NAMED_BY.get(kind, str)(value)][kind].append(number)
    return found


_NAMED_BY = {
    "word": stem_iri, "context": stem_iri, "sought": stem_iri, "said": mark_iri, "beside": mark_iri,
}  # fmt: skip
"""By what the index names what a fact has of a kind; entities are named by themselves."""
_SOUGHT = 0.7
"""How much of a stem a fact has that is only looked for by it."""


class _Index:
    def __init__(self, values: _Values) -> None:
        self.values = values
        self.told: dict[str, list[str]] = defaultdict(list)
        for subject, own in list(values.items()):
            if DG + "Fact" in own.get(RDF_TYPE, ()):
                for thing in own.get(DG + "of", ()):
                    self.told[thing].append(subject)

    def all(self, subject: str, predicate: str) -> list[str]:
        own = self.values.get(subject)
        return own[predicate] if own and predicate in own else []

    def is_entity(self, iri: str) -> bool:
        return DG + "Entity" in self.all(iri, RDF_TYPE)

    def labels(self, iri: str) -> set[str]:
        """The stems of the names of a thing, its kind and what is broader."""
        found: set[str] = set()
        for name in (_LABEL, _ALT, DG + "natoName"):
            for label in self.all(iri, name):
                found.update(stems(label))
        for kind in (*self.all(iri, DG + "kind"), *self.all(iri, _BROADER)):
            found |= self.labels(kind)
        return found

    def fact(self, iri: str) -> dict[str, set[str]]:
        own: set[str] = set()
        for name in _OWN:
            for text in self.all(iri, DG + name):
                own.update(stems(text))
        context: set[str] = set()
        for name in _ALSO:
            for text in self.all(iri, DG + name):
                context.update(stems(text))
        named: set[str] = set()
        for predicate, objects in list(self.values[iri].items()):
            if not predicate.startswith(DG) or predicate in _ASIDE:
                continue
            for value in objects:
                if "://" not in value:
                    continue
                context |= self.labels(value)
                if self.is_entity(value):
                    named.add(value)
        near: set[str] = set()
        for name in _OF_THINGS:
            for thing in self.all(iri, DG + name):
                near.update(v for tie in _TIES for v in self.all(thing, DG + tie))
                near.update(p for told in self.told[thing] for p in self.all(told, DG + "place"))
        for weapon in (*named, *near):
            near.update(self.all(weapon, DG + "variantOf"))
        for post in self.all(iri, DG + "post"):
            near.update(self.all(post, DG + "postIn"))
        for weapon in near:
            if DG + "WeaponSystem" in self.all(weapon, RDF_TYPE):
                context |= self.labels(weapon)
        context |= _dates(self.all(iri, DG + "when"))
        sought: set[str] = set()
        for terms in self.all(iri, DG + "searchTerms"):
            sought.update(stems(terms))
        passages = self.all(iri, DG + "evidence")
        told = {word_mark(word) for word in own | context}
        said = self.recorded(passages, "passageWords") - told
        beside = self.recorded(passages, "sentenceWords") - told - said
        near = {v for v in near if self.is_entity(v)} - named
        return {
            "word": own, "context": context - own, "sought": sought - own,
            "said": said, "beside": beside,
            "names": named, "concerns": near,
        }  # fmt: skip

    def listed(self, iri: str, has_words: bool) -> FactListed:
        """A fact as the list of all has it."""
        joins = "true" in self.all(iri, DG + "joins")
        span = self.span(iri) if has_words else None
        return listed(iri, span, joins, self.all(iri, DG + "evidence"))

    def phrases(self, iri: str) -> Iterator[tuple[str, ...]]:
        """The stems of each term of several words that a fact is looked for by."""
        for terms in self.all(iri, DG + "searchTerms"):
            for term in terms.split(","):
                phrase = tuple(stems(term)) if " " in term.strip() else ()
                if len(phrase) > 1:
                    yield phrase

    def span(self, iri: str) -> str:
        """The first and the last day of a fact, parted by a stroke; empty where it has no date."""
        if not self.all(iri, DG + "when"):
            return ""
        ends = (self.all(iri, DG + name) for name in ("earliest", "latest"))
        return "/".join(days[0] if days else "" for days in ends)

    def around(self, named: Mapping[str, set[str]]) -> Iterator[tuple[str, set[str]]]:
        """By fact, what the facts name whose passages stand within a few words of its own."""
        found: dict[str, set[str]] = defaultdict(set)
        spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for fact in named:
            for passage in self.all(fact, DG + "evidence"):
                source, _, span = passage.rpartition("/")
                first, _, last = span.partition("-")
                if first.isdecimal() and last.isdecimal():
                    spans[source].append((int(first), int(last), fact))
        for own in spans.values():
            own.sort()
            for place, (_, end, fact) in enumerate(own):
                for start, _, other in own[place + 1 :]:
                    if start > end + _AROUND:
                        break
                    found[fact] |= named[other]
                    found[other] |= named[fact]
        yield from found.items()

    def recorded(self, passages: Iterable[str], name: str) -> set[str]:
        """The marks that are recorded of passages."""
        return {s for p in passages for text in self.all(p, DG + name) for s in text.split()}


def _dates(expressions: Iterable[str]) -> set[str]:
    """The years and the names of the months that EDTF expressions name."""
    found: set[str] = set()
    for expression in expressions:
        for date in expression.split("/"):
            year, _, rest = date.partition("-")
            if year[:4].isdecimal():
                found.add(year[:4])
            month = rest[:2]
            if month.isdecimal() and 1 <= int(month) <= 12:
                found.update(stems(MONTHS[int(month) - 1]))
    return found

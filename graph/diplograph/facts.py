"""Records made from the graph: entities, facts, their passages and what contradicts them.

Everything is fetched for many nodes at once, so that a question costs a handful of queries.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from diplograph.model import Conflict, Entity, Evidence, Fact, Unit, When
from diplograph.namespaces import DG, INDEX_GRAPH, RDF_TYPE, local_name, values_clause
from diplograph.records import read_record
from diplograph.store import Graph, Row

if TYPE_CHECKING:
    from diplograph import dates
    from diplograph.asof import Moment, Window
    from diplograph.copies import Copies

__all__ = [
    "Told",
    "began",
    "concerning",
    "conflicts_of",
    "entities_among",
    "entities_of",
    "evidence_from",
    "evidence_of",
    "facts_of",
    "in_time",
    "merge_evidence",
    "passage_text",
    "source_identifiers",
    "statements_of",
    "told_of",
    "when_from",
    "when_of",
    "windows_of",
]

_NONE: frozenset[str] = frozenset()
_SHOWN_LABELS = ("role", "measure", "unit", "position", "target", "mode", "deniedKind")
_SHOWN_LISTS = ("attributedTo", "accordingTo")
_SHOWN_VALUES = (
    "value", "minimum", "maximum", "approximate", "unknown", "printed", "name", "expected",
    "describedAs",
)  # fmt: skip
_HIDDEN = ("evidence", "grade", "stage", "contradicts", *_SHOWN_LABELS)
_HIDDEN_IRIS = frozenset(DG + name for name in _HIDDEN)
_SHOWN_IRIS = frozenset(DG + name for name in (*_SHOWN_VALUES, *_SHOWN_LABELS, *_SHOWN_LISTS))


# Asked for the class by its name, the engine would go through all facts.
_IS_FACT = "?fact a ?class FILTER(?class = dg:Fact)"


class Told(NamedTuple):
    """What a graph says of facts: of each by property, its named graph, and the entities named.

    ``passages`` are those of the facts that have a record, as it has them.
    """

    triples: dict[str, dict[str, list[str]]]
    graphs: dict[str, str]
    entities: set[str]
    passages: dict[str, list[list[Any]]]


def when_of(row: Row) -> When | None:
    """The time in a row that has ``when``, ``earliest`` and ``latest``, or None."""
    if "when" not in row:
        return None
    return When(row["when"], row.get("earliest"), row.get("latest"))


def when_from(period: dates.Period | None) -> When | None:
    """A period as the record of a time."""
    if period is None:
        return None
    first, last = period.earliest, period.latest
    return When(
        period.edtf, first.isoformat() if first else None, last.isoformat() if last else None
    )


def concerning(entity: str, together: Sequence[str] = ()) -> str:
    """The SPARQL pattern of the facts (``?fact``) that concern an entity, given by its IRI.

    A fact does where it names the entity, where it is about an agreement, event or transfer of the
    entity, where it tells who held an office of the entity, or where the source runs the entity
    together with another under one printed name. Of an agreement whose parties are told of one by
    one, what is told of another party alone does not; but that of those which are asked for
    ``together`` with the entity does.
    """
    parts = " ".join(f"<{one}>" for one in together)
    return f"""
        {{ ?fact ?p <{entity}> . FILTER(STRSTARTS(STR(?p), "{DG}")) {_IS_FACT} }}
        UNION
        {{ ?thing dg:participant|dg:supplier|dg:recipient|dg:weapon <{entity}> .
           ?fact dg:of ?thing }}
        UNION
        {{ {{ SELECT ?thing {{ ?thing dg:party <{entity}>
              FILTER NOT EXISTS {{ GRAPH <{INDEX_GRAPH}> {{ ?any dg:ofWhole ?thing }} }} }} }}
           ?fact dg:of ?thing }}
        UNION
        {{ ?thing dg:party <{entity}> . GRAPH <{INDEX_GRAPH}> {{ ?fact dg:ofWhole ?thing }} }}
        UNION
        {{ VALUES ?part {{ {parts} }} ?fact dg:agent|dg:forParty ?part ; dg:of ?thing .
           ?thing dg:party <{entity}> }}
        UNION
        {{ ?post dg:postIn <{entity}> . ?fact dg:post ?post }}
        UNION
        {{ ?printed dg:conflatedWith <{entity}> . ?fact ?p ?printed . {_IS_FACT} }}"""


def entities_of(graph: Graph, iris: Iterable[str]) -> dict[str, Entity]:
    """Label and most specific class of each IRI; one without a label is shown by its last part."""
    wanted = sorted(set(iris))
    known = _known(graph).entities
    new = [iri for iri in wanted if iri not in known]
    if new:
        labels: dict[str, str] = {}
        values = values_clause("e", new)
        for iri, label in graph.pairs(
            f"SELECT ?e (STR(?l) AS ?label) {{ {values} ?e skos:prefLabel ?l }}"
        ):
            labels[iri] = min(label, labels.get(iri, label))
        classes = _classes_of(graph, new)
        known |= {
            iri: Entity(
                iri, labels.get(iri) or local_name(iri), _narrowest(graph, classes[iri], "Entity")
            )
            for iri in new
        }
    return {iri: known[iri] for iri in wanted}


class _Known(NamedTuple):
    """What was looked up of a graph: the records of entities, the classes of IRIs, the sources."""

    entities: dict[str, Entity]
    classes: dict[str, list[str]]
    sources: dict[str, str]


_KNOWN: weakref.WeakKeyDictionary[Graph, _Known] = weakref.WeakKeyDictionary()


def _known(graph: Graph) -> _Known:
    """Kept from one question to the next for a graph on disk, which does not change."""
    if graph.place is None:
        return _Known({}, {}, {})
    return _KNOWN.setdefault(graph, _Known({}, {}, {}))


def _classes_of(graph: Graph, iris: Iterable[str]) -> dict[str, list[str]]:
    """The IRIs of the classes of each of the IRIs."""
    known = _known(graph).classes
    wanted = list(iris)
    new = [iri for iri in wanted if iri not in known]
    if new:
        known |= {iri: [] for iri in new}
        # Asked for one class, the engine would compare each of the values with all that is of it.
        query = f"SELECT ?e ?class {{ {values_clause('e', new)} ?e a ?class }}"
        for iri, name in graph.pairs(query):
            known[iri].append(name)
    return {iri: known[iri] for iri in wanted}


def began(graph: Graph, entities: Iterable[str]) -> str | None:
    """The first day on which all of the entities existed, where successions tell it."""
    rows = graph.select(
        f"""SELECT ?since WHERE {{ {values_clause("agent", entities)}
            ?s dg:successor ?agent ; dg:earliest ?since }}"""
    )
    return max((row["since"] for row in rows), default=None)


def statements_of(graph: Graph, facts: Iterable[str]) -> dict[str, str]:
    """What each of the facts says, as a sentence."""
    pattern = f"{values_clause('f', sorted(set(facts)))} ?f dg:statement ?statement"
    return dict(graph.pairs(f"SELECT ?f (STR(?statement) AS ?s) WHERE {{ {pattern} }}"))


def source_identifiers(graph: Graph) -> dict[str, str]:
    """The identifier of each source, by the IRI that names it and its graph."""
    known = _known(graph).sources
    if not known:
        known |= graph.pairs("SELECT ?s ?id WHERE { ?s a dg:Source ; dct:identifier ?id }")
    return known


def evidence_of(
    graph: Graph, facts: Iterable[str], copies: Copies | None = None
) -> dict[str, tuple[Evidence, ...]]:
    """The passages of each fact in order of their place, with the text where a copy is at hand."""
    wanted = sorted(set(facts))
    if not wanted:
        return {}
    rows = graph.select(
        f"""SELECT ?fact ?source ?start ?end ?row ?where ?digest WHERE {{
            {values_clause("fact", wanted)}
            ?fact dg:evidence ?passage . ?passage oa:hasSource ?source .
            {{ ?passage dg:row ?row }} UNION
            {{ ?passage oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }}
            OPTIONAL {{ ?passage dg:where ?where }}
            {"OPTIONAL { ?passage dg:digest ?digest }" if copies else ""}
        }}"""
    )
    identifiers = source_identifiers(graph)
    found: dict[str, set[Evidence]] = defaultdict(set)
    for row in rows:
        source = identifiers.get(row["source"], local_name(row["source"]))
        unit: Unit = "row" if "row" in row else "character"
        start = int(row.get("row") or row["start"])
        end = start + 1 if "row" in row else int(row["end"])
        text = passage_text(copies, source, start, end, row.get("digest"), unit)
        found[row["fact"]].add(Evidence(source, start, end, row.get("where", ""), text, unit))
    return {fact: merge_evidence([tuple(passages)]) for fact, passages in found.items()}


def passage_text(
    copies: Copies | None,
    source: str,
    start: int,
    end: int,
    digest: str | None,
    unit: Unit = "character",
) -> str | None:
    """The text of a passage from the reader's own copy, None where there is none."""
    if copies is None:
        return None
    return (
        copies.row(source, start) if unit == "row" else copies.passage(source, start, end, digest)
    )


def merge_evidence(groups: Iterable[Sequence[Evidence]]) -> tuple[Evidence, ...]:
    """All passages of several facts, each once, in order of source and place."""
    merged = {(e.source, e.start, e.end): e for group in groups for e in group}
    return tuple(merged[key] for key in sorted(merged))


def conflicts_of(
    graph: Graph, facts: Iterable[str], copies: Copies | None = None
) -> dict[str, tuple[Conflict, ...]]:
    """What contradicts each fact, from the curators' conflicts."""
    wanted = _contested(graph, sorted(set(facts)))
    if not wanted:
        return {}
    rows = graph.select(
        f"""SELECT ?fact ?conflict ?detail ?label ?other ?statement WHERE {{
            {values_clause("fact", wanted)}
            ?conflict dg:between ?fact ; dg:detail ?detail .
            OPTIONAL {{ ?conflict rdfs:label ?label }}
            OPTIONAL {{ ?conflict dg:between ?other . FILTER(?other != ?fact)
                        OPTIONAL {{ ?other dg:statement ?statement }} }}
        }} ORDER BY ?fact ?conflict ?other"""
    )
    passages = evidence_of(graph, (row["other"] for row in rows if "other" in row), copies)
    found: dict[str, list[Conflict]] = defaultdict(list)
    for row in rows:
        label = row.get("statement") or row.get("label") or local_name(row["conflict"])
        evidence = passages.get(row.get("other", ""), ())
        found[row["fact"]].append(Conflict(label, row["detail"], evidence))
    return {fact: tuple(dict.fromkeys(conflicts)) for fact, conflicts in found.items()}


def _contested(graph: Graph, facts: list[str]) -> list[str]:
    """Those of some facts that may be contradicted: conflicts are few, and their sides are kept."""
    if graph.place is None:
        return facts
    sides = _CONTESTED.get(graph)
    if sides is None:
        rows = graph.pairs("SELECT ?conflict ?fact WHERE { ?conflict dg:between ?fact }")
        sides = _CONTESTED[graph] = frozenset(fact for _, fact in rows)
    return [fact for fact in facts if fact in sides]


_CONTESTED: weakref.WeakKeyDictionary[Graph, frozenset[str]] = weakref.WeakKeyDictionary()


def facts_of(
    graph: Graph,
    iris: Iterable[str],
    about: Sequence[str] = (),
    as_of: dates.Period | None = None,
    copies: Copies | None = None,
    told: Told | None = None,
) -> tuple[Fact, ...]:
    """The facts of the IRIs given, in order of time; those undated come last.

    ``about`` are the entities asked for, left out of ``others``. With ``as_of``, facts that did
    not hold or had not happened by then are left out (:mod:`diplograph.asof`), and all of them
    before all the entities asked for existed. ``told`` is what :func:`told_of` says of them, where
    that is at hand.
    """
    wanted = sorted(set(iris))
    moment = _moment(graph, as_of)
    if not wanted or (moment and not all(moment.exists(entity) for entity in about)):
        return ()
    triples, graphs, entities, passages = told or told_of(graph, wanted)
    labels = entities_of(graph, _objects(triples))
    evidence = {iri: evidence_from(passages[iri], copies) for iri in wanted if iri in passages}
    evidence |= evidence_of(graph, [iri for iri in wanted if iri not in passages], copies)
    conflicts = conflicts_of(graph, wanted, copies)
    identifiers = source_identifiers(graph)
    shown = {iri: labels[iri] for iri in entities - set(about)}
    made = []
    for iri in wanted:
        own = triples.get(iri)
        if own is None:
            continue
        kind = _narrowest(graph, own.get(RDF_TYPE, ()), "Fact")
        when = _when(own)
        certainty = _certainty(kind, own, moment, graphs[iri], entities)
        if certainty == "no":
            continue
        made.append(
            Fact(
                id=iri,
                kind=kind,
                statement=_first(own, "statement") or local_name(iri),
                when=when,
                stage=_label(own, "stage", labels),
                grade=_label(own, "grade", labels) or "stated",
                holds=certainty,
                others=_others(own, shown),
                values=_values(own, labels),
                evidence=evidence.get(iri, ()),
                conflicts=conflicts.get(iri, ()),
                source=identifiers.get(graphs[iri], local_name(graphs[iri])),
            )
        )
    return tuple(sorted(made, key=in_time))


def windows_of(
    graph: Graph, iris: Iterable[str], told: Told | None = None
) -> dict[str, tuple[Window, Window]]:
    """Between which days each of the facts counts (:mod:`diplograph.asof`): possibly, and surely.

    As of a day outside the first :func:`facts_of` leaves the fact out; of the others it says
    ``definitely`` on the days of the second, else ``possibly``. ``told`` is what :func:`told_of`
    says of them, where that is at hand.
    """
    from diplograph.asof import History

    wanted = sorted(set(iris))
    triples, graphs, entities, _ = told or told_of(graph, wanted)
    history = History(graph)
    found = {}
    for iri in wanted:
        own = triples.get(iri)
        if own is None:
            continue
        kind = _narrowest(graph, own.get(RDF_TYPE, ()), "Fact")
        when, latest, source = _first(own, "when"), _first(own, "latest"), graphs[iri]
        possibly = history.window(
            kind, when, latest, source, _named(own, entities), _first(own, "of")
        )
        found[iri] = (possibly, history.sure(kind, when, latest, source))
    return found


def told_of(graph: Graph, iris: Iterable[str]) -> Told:
    """What is said of each of the facts, for :func:`facts_of` and :func:`windows_of` alike.

    From their records; of facts without one (an endpoint may have none) triple by triple.
    """
    wanted = sorted(set(iris))
    triples: dict[str, dict[str, list[str]]] = {}
    graphs: dict[str, str] = {}
    passages: dict[str, list[list[Any]]] = {}
    for iri, text in graph.pairs(
        f"""SELECT ?f ?record WHERE {{ {values_clause("f", wanted)}
            GRAPH <{INDEX_GRAPH}> {{ ?f dg:record ?record }} }}"""
    ):
        graphs[iri], triples[iri], passages[iri] = read_record(text)
    missing = [iri for iri in wanted if iri not in triples]
    if missing:
        more, homes = _triples(graph, missing)
        triples |= more
        graphs |= homes
    return Told(triples, graphs, entities_among(graph, _objects(triples)), passages)


def _triples(
    graph: Graph, wanted: Sequence[str]
) -> tuple[dict[str, dict[str, list[str]]], dict[str, str]]:
    """What is said of each of the nodes, by property, and the named graph of each."""
    values = values_clause("f", wanted)
    triples: dict[str, dict[str, list[str]]] = {}
    for iri, name, value in graph.rows(f"SELECT ?f ?p ?o {{ {values} ?f ?p ?o }}"):
        triples.setdefault(iri, {}).setdefault(name, []).append(value)
    graphs = dict(graph.pairs(f"SELECT ?f ?g {{ {values} GRAPH ?g {{ ?f dg:grade ?grade }} }}"))
    bare = [iri for iri in triples if iri not in graphs]
    if bare:
        values = values_clause("f", bare)
        graphs |= dict(graph.pairs(f"SELECT ?f ?g {{ {values} GRAPH ?g {{ ?f ?p ?o }} }}"))
    return triples, graphs


def evidence_from(passages: Iterable[Sequence[Any]], copies: Copies | None) -> tuple[Evidence, ...]:
    """Passages as records and views have them."""
    return tuple(
        Evidence(
            source, start, end, where,
            passage_text(copies, source, start, end, digest, *unit), *unit,
        )
        for source, start, end, where, digest, *unit in passages
    )  # fmt: skip


def _objects(triples: dict[str, dict[str, list[str]]]) -> set[str]:
    """What the facts name, passages aside."""
    return {
        o for own in triples.values() for p, values in own.items() if p.startswith(DG)
        for o in values if o.startswith("http") and not p.endswith("#evidence")
    }  # fmt: skip


def entities_among(graph: Graph, iris: Iterable[str]) -> set[str]:
    """Which of the IRIs are entities."""
    classes = _classes_of(graph, sorted(set(iris)))
    return {iri for iri, names in classes.items() if DG + "Entity" in names}


def _named(own: dict[str, list[str]], entities: set[str]) -> list[str]:
    """The entities that a fact names."""
    return [o for p, values in own.items() if p.startswith(DG) for o in values if o in entities]


def _moment(graph: Graph, as_of: dates.Period | None) -> Moment | None:
    if as_of is None:
        return None
    from diplograph.asof import Moment

    return Moment(graph, as_of)


def _certainty(
    kind: str,
    own: dict[str, list[str]],
    moment: Moment | None,
    source: str,
    entities: set[str],
) -> dates.Certainty:
    """Whether the fact holds at the date."""
    if moment is None:
        return "definitely"
    return moment.certainty(
        kind, _first(own, "when"), _first(own, "latest"), source, _named(own, entities),
        _first(own, "of"),
    )  # fmt: skip


def _narrowest(graph: Graph, classes: Sequence[str], otherwise: str) -> str:
    """The name of the most specific class of the vocabulary among those of a node."""
    ours = [c for c in classes if c.startswith(DG)] or [DG + otherwise]
    if len(ours) == 1:
        return local_name(ours[0])
    ours.sort()
    below = graph.narrower
    return local_name(next((c for c in ours if below.get(c, _NONE).isdisjoint(ours)), ours[0]))


def _first(own: dict[str, list[str]], name: str) -> str | None:
    values = own.get(DG + name)
    return None if not values else values[0] if len(values) == 1 else min(values)


def _label(own: dict[str, list[str]], name: str, labels: dict[str, Entity]) -> str | None:
    value = _first(own, name)
    return None if value is None else labels[value].label if value in labels else local_name(value)


def _when(own: dict[str, list[str]]) -> When | None:
    edtf = _first(own, "when")
    return None if edtf is None else When(edtf, _first(own, "earliest"), _first(own, "latest"))


def _others(own: dict[str, list[str]], shown: dict[str, Entity]) -> tuple[Entity, ...]:
    iris = {
        o for p in own.keys() - _HIDDEN_IRIS if p.startswith(DG) for o in own[p] if o in shown
    }  # fmt: skip
    return tuple(sorted((shown[iri] for iri in iris), key=lambda e: (e.label, e.id)))


def _values(own: dict[str, list[str]], labels: dict[str, Entity]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if own.keys().isdisjoint(_SHOWN_IRIS):
        return shown
    for name in _SHOWN_VALUES:
        value = _first(own, name)
        if value is not None:
            shown[name] = _typed(name, value)
    for name in _SHOWN_LABELS:
        label = _label(own, name, labels)
        if label is not None:
            shown[name] = label
    for name in _SHOWN_LISTS:
        found = [labels[o].label for o in own.get(DG + name, ()) if o in labels]
        if found:
            shown[name] = sorted(found)
    return shown


def _typed(name: str, value: str) -> Any:
    if name in ("value", "minimum", "maximum"):
        number = float(value)
        return int(number) if number.is_integer() and "." not in value else number
    return value == "true" if name in ("approximate", "unknown") else value


def in_time(fact: Fact) -> tuple[str, str, str, int, str]:
    """By time; facts of one time in the order of their sources and passages."""
    when = fact.when
    first = (when.earliest or when.latest or "9999") if when else "9999"
    place = fact.evidence[0].start if fact.evidence else 0
    return (first, (when.latest or "9999") if when else "9999", fact.source, place, fact.id)

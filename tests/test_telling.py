"""What an import writes a row at a time is what loading a whole graph would make of it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from diplograph.derive import derive, superclasses
from diplograph.errors import DateError
from diplograph.importers.telling import Told, slug
from diplograph.namespaces import BASE, DCT, DG, INDEX_GRAPH, PREFIXES, RDF_TYPE, SOURCE

HOME = ox.NamedNode(SOURCE + "made-up")
INDEX = ox.NamedNode(INDEX_GRAPH)
TYPE = ox.NamedNode(RDF_TYPE)
WORDS = {DG + name for name in ("facts", "postings", "entry", "latent", "view")}
"""What is left out on purpose; see the docstring of the module."""
DERIVED = {DG + name for name in ("earliest", "latest", "uncertain")}
SHORTCUTS = {
    *(DG + name for name in ("party", "participant", "bodyOf")),
    PREFIXES["org"] + "memberOf", DCT + "references",
}  # fmt: skip
ON_THINGS = {DG + name for name in ("supplier", "recipient", "weapon", "about")}
"""Properties of facts that loading gives to what the facts are of."""


def below(name: str) -> list[str]:
    """The classes below one, with itself, by their local names."""
    above = superclasses()
    found = [c for c, others in above.items() if DG + name in {o.value for o in others}]
    return sorted(c.removeprefix(DG) for c in (DG + name, *found))


def parsed(told: Told) -> set[ox.Quad]:
    return set(told.take().quads())


def without_derived(quads: set[ox.Quad], facts: set[str]) -> list[ox.Quad]:
    """What was told in the first place: the named graph without what loading adds."""
    above = {c: {o.value for o in others} for c, others in superclasses().items()}
    types: dict[object, set[str]] = {}
    for quad in quads:
        if quad.graph_name == HOME and quad.predicate == TYPE:
            types.setdefault(quad.subject, set()).add(quad.object.value)

    def derived(quad: ox.Quad) -> bool:
        name, own = quad.predicate.value, types.get(quad.subject, set())
        if quad.predicate == TYPE:
            return any(quad.object.value in above.get(other, ()) for other in own)
        if name in DERIVED or name in SHORTCUTS:
            return True
        if name == DG + "mayBe":
            return quad.subject.value.endswith("/twin")
        if quad.subject.value in facts:
            return name == DG + "about" and DG + "Stance" in own
        return name in ON_THINGS

    return [q for q in quads if q.graph_name == HOME and not derived(q)]


def tell_all() -> tuple[Told, set[str]]:
    """Made-up entities and facts of all classes, each fact with every kind of link."""
    told = Told("made-up", "2010-05")
    told.add(
        told.graph,
        links={RDF_TYPE: [DG + "Dataset", *(c.value for c in superclasses()[DG + "Dataset"])]},
        values={DCT + "identifier": "made-up"},
        dated={DCT + "issued": "2010-05"},
    )
    things = {}
    for kind in below("Entity"):
        things[kind] = told.own("thing", slug(kind))
        told.entity(
            things[kind], kind, f"The “{kind}”\n\\ of Ćána", alt=[f"{kind} II", f"{kind} II"],
            notation=[f"X{kind}"], values={"natoName": f"Nato {kind}"},
            links={"mayBe": BASE + "id/thing/twin"} if kind == "Person" else None,
        )  # fmt: skip
    told.alias(things["Country"], "The Land")
    facts = set()
    roles = [PREFIXES["role"] + role for role in ("party", "member", "observer")]
    times = [None, "2000", "1999-05~", "1990/..", "/2001-02-03", "199X", "2000-22?"]
    for kind in below("Fact"):
        for number, when in enumerate(times):
            role = roles[number % 3]
            of = things["Event"] if number % 2 else things["Agreement"]
            if kind == "TransferFact":
                of = things["ArmsTransfer"]
            links = {
                "of": of, "agent": [things["Country"], things["Organization"]], "role": role,
                "within": things["Organization"], "supplier": things["Country"],
                "recipient": things["Organization"], "weapon": things["WeaponSystem"],
                "target": [things["Agreement"], things["Event"]], "cited": things["Document"],
                "predecessor": things["Country"], "post": things["Post"],
                "stage": PREFIXES["stage"] + "signed", "forParty": things["Country"],
            }  # fmt: skip
            if kind == "Participation" and number > 4:
                del links["role"]
            facts.add(
                told.fact(
                    f"{slug(kind)}-{number}", kind, f'It is “{kind}”, "so" they say.', row=number + 2,
                    when=when, grade="estimated", links=links,
                    values={"printed": ["a\tb", "c"], "name": f"Name of {kind}"},
                    numbers={"value": "1.50", "minimum": "3"}, flags=["approximate"],
                )
            )  # fmt: skip
    told.refuse(99, "damaged-row", "It was.", "x, y")
    return told, facts


def test_telling_row_by_row_gives_what_deriving_gives() -> None:
    """For entities and facts of all classes, quad for quad, but for what is left out on purpose."""
    told, facts = tell_all()
    written = parsed(told)
    base = without_derived(written, facts)
    assert 0 < len(base) < len(written)
    made = {q for q in derive(base) if q.predicate.value not in WORDS}
    assert sorted(map(str, written - made)) == []
    assert sorted(map(str, made - written)) == []


def test_what_is_left_out_is_not_written() -> None:
    """No views and no index of words."""
    told, _ = tell_all()
    assert {q.predicate.value for q in parsed(told)} & WORDS == set()


def test_nothing_is_written_twice_within_a_portion() -> None:
    """An entity that is told again adds nothing."""
    told = Told("made-up")
    assert told.entity(told.own("agreement", "a"), "Agreement", "A")
    assert told.take()
    assert not told.entity(told.own("agreement", "a"), "Agreement", "B")
    assert not told.take()


def test_an_entry_of_the_ledger_is_told_once() -> None:
    """The same note of the same row counts once; others of the row have names of their own."""
    told = Told("made-up")
    for _ in range(2):
        told.note(3, "damaged-value", "It is no date.", "x")
    told.note(3, "damaged-value", "It is no number.", "x")
    told.note(4, "damaged-value", "It is no date.", "x")
    entries = {q.subject for q in parsed(told) if q.predicate.value == DG + "reason"}
    assert len(entries) == told.notes == 3


def test_a_date_of_issue_is_a_year_a_month_or_a_day() -> None:
    """Anything else is said, and not written."""
    told = Told("made-up")
    with pytest.raises(DateError, match="no year, month or day"):
        told.add(told.graph, dated={DCT + "issued": "2010~"})

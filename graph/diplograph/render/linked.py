"""The picture of the links between two parties, in order of time from top to bottom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import chain, groupby

from diplograph import answers
from diplograph.facts import entities_of
from diplograph.linking import Standing, lives
from diplograph.model import Entity, Include, Link, LinksAnswer
from diplograph.render.gather import Gathered, Request, also_called, gather
from diplograph.render.layout import HEIGHT, Rows, column
from diplograph.render.periods import PERIODS, by_years, in_periods, marks_of
from diplograph.render.picture import Edge, Node, Picture, Point, State, Tick
from diplograph.render.sides import FAN, LOWER, RAIL, Ties, beneath, beside, narrowly, sides_of
from diplograph.render.ties import bundles, network_of, pair_of
from diplograph.render.words import date_words, short_date

__all__ = ["links_picture"]

_FEW = 12
"""Of an agreement with more parties only the two asked about, and who acts for them, are drawn."""


def links_picture(request: Request, x: str, y: str, *, predecessors: bool = False) -> Picture:
    """X at the left, Y at the right, their agreements between them, other parties beneath."""
    answer = answers.links(
        x, y, graph=request.graph, as_of=request.as_of.edtf if request.as_of else None,
        predecessors=predecessors, sources=request.sources,
    )  # fmt: skip
    one, two = answer.question.x, answer.question.y
    assert one is not None
    assert two is not None
    links = sorted((*answer.answers, *answer.pending), key=_in_time)
    net = network_of(request, Include.ANY)
    ever = network_of(replace(request, as_of=None), Include.ANY) if request.as_of else net
    people = {one.id: one, two.id: two}
    people |= {e.id: e for link in links for e in (*_few(link, people), *link.via)}
    bundled = bundles(net, {*people, *(link.id for link in links)})
    ties = _ties(links, people, one, two, bundled, bundles(ever, people))
    every = Request(request.graph, request.as_of, Include.ANY, request.sources)
    entities = entities_of(request.graph, {*people, *(link.id for link in links)})
    found = gather(every, entities, ties)
    sides = sides_of({link.id for link in links}, ties, people, one, two)
    *_, lines = beneath(list(sides.values()).count("below"))
    high = HEIGHT - LOWER * max(lines - 2, 0)
    periods = in_periods(links, _year, high)
    each = [by_years(period, _year, high) for period in periods]
    laid = max(each, key=lambda one: one.height)
    slim = column(
        [
            (year, len(list(group)))
            for period in periods
            for year, group in groupby(period, key=_year)
        ]
    )
    places = dict(zip((link.id for link in links), chain(*(r.places for r in each)), strict=True))
    places |= beside(places, ties, sides, laid, one, two)
    pending = frozenset(link.id for link in answer.pending)
    narrow = dict(zip((link.id for link in links), slim.places, strict=True))
    narrow |= narrowly(sides, slim, one, two)
    stood = lives(request.graph, one.id, two.id)
    along = {link.id: tuple(e.id for e in (*_few(link, people), *link.via)) for link in links}
    also = also_called(request.graph, entities)
    nodes = tuple(
        replace(
            node,
            narrow=narrow[node.entity.id],
            also=also.get(node.entity.id, ()),
            along=along.get(node.entity.id, ()),
            life=_life(stood[node.entity.id], node) if node.entity.id in along else (),
        )
        for node in _nodes(links, entities, places, sides, found, pending, laid, (one.id, two.id))
    )
    nodes += marks_of(periods, _year, laid) if len(periods) > 1 else ()
    fixed = {pair_of(party.id, link.id) for link in links for party in _few(link, people)}
    fixed |= {pair for pair in ties if pair[0] in sides and pair[1] in sides}
    right = laid.width + RAIL + FAN
    bottom = max((y for _, y in places.values()), default=0.0)
    several = len(periods) > 1
    breaks = [
        (number if several else -1, at)
        for number, one_of in enumerate(each)
        for at in one_of.breaks
    ]
    top = min((y for _, (_, y) in breaks), default=0.0)
    return Picture(
        kind="links",
        title=f"{one.label} and {two.label}",
        summary=_summary(answer),
        nodes=nodes,
        edges=_edges(ties, found, places, sides, laid, slim, narrow, pending, fixed),
        facts=found.facts,
        ticks=tuple(
            Tick(year, y, -RAIL - 36, laid.width + RAIL, low, number)
            for (number, (year, y)), (_, low) in zip(breaks, slim.breaks, strict=True)
        ),
        links=(*answer.answers, *answer.pending),
        pending=pending,
        notes=(*answer.notes, *(PERIODS,) * several, *_of_many(links, one, two)),
        absence=answer.absence,
        corners=((-RAIL - FAN, top - 8.0), (right, bottom + 40.0)),
        margin=(52.0, 0.0),
        times=found.times,
        owners=found.owners,
        soft=found.soft,
        dated=request.as_of is not None,
    )


def _few(link: Link, drawn: Collection[str]) -> tuple[Entity, ...]:
    """The parties of an agreement; of many, those that are drawn anyway."""
    if len(link.parties) <= _FEW:
        return link.parties
    return tuple(party for party in link.parties if party.id in drawn)


def _of_many(links: list[Link], one: Entity, two: Entity) -> tuple[str, ...]:
    """That not all parties of all agreements are drawn."""
    many = sum(len(link.parties) > _FEW for link in links)
    if not many:
        return ()
    these = "1 agreement has" if many == 1 else f"{many} agreements have"
    return (
        f"{these} more than {_FEW} parties; what is told of others than {one.label} and "
        f"{two.label} is left out.",
    )


def _life(stood: tuple[Standing, ...], node: Node) -> tuple[State, ...]:
    """How an agreement stood from day to day, in the words of its node."""
    return tuple(
        State(day, False)
        if link is None
        else State(
            day,
            True,
            muted=not concluded,
            possibly=link.holds != "definitely",
            date=short_date(link.when, None) if _moved(link, node) else node.date,
            dated=date_words(link.when, happened=True),
            note="" if concluded else _standing(link),
        )
        for day, link, concluded in stood
    )


def _moved(link: Link, node: Node) -> bool:
    """Whether the stage then reached has another time than that under whose year it stands."""
    return date_words(link.when, happened=True) != node.dated


def _standing(link: Link) -> str:
    return f"({link.stage if link.grade == 'stated' else f'{link.grade} {link.stage}'})"


def _in_time(link: Link) -> tuple[str, str, str]:
    when = link.when
    first = (when.earliest or when.latest or "9999") if when else "9999"
    return (first, (when.latest or "9999") if when else "9999", link.label)


def _year(link: Link) -> str:
    year = _in_time(link)[0][:4]
    return "no date" if year == "9999" else year


def _ties(
    links: list[Link],
    people: dict[str, Entity],
    one: Entity,
    two: Entity,
    bundled: Ties,
    ever: Ties,
) -> Ties:
    """Agreements with their parties and frames, and the two parties with those who act for them.

    Who acts for them does so in the picture of any date, by what is told of any time (``ever``).
    """
    agreements = {link.id for link in links}
    via = {e.id for link in links for e in link.via}
    ties = {
        pair: facts
        for pair, facts in bundled.items()
        if len(agreements.intersection(pair)) == 1
        or (via.intersection(pair) and {one.id, two.id}.intersection(pair))
    }
    for link in links:
        for party in _few(link, people):
            ties.setdefault(pair_of(link.id, party.id), ())
    for pair in ever:
        if via.intersection(pair) and {one.id, two.id}.intersection(pair):
            ties.setdefault(pair, ())
    for person in via - {p for pair in ties if not agreements & set(pair) for p in pair}:
        near = [pair_of(person, party) for party in (one.id, two.id)]
        ties[near[0] if _acts_for(person, one, links, people) else near[1]] = ()
    return ties


def _acts_for(person: str, party: Entity, links: list[Link], people: dict[str, Entity]) -> bool:
    """Whether one who is party for X or Y acts for this one: it is not party itself."""
    return all(
        party.id not in {p.id for p in link.parties}
        for link in links
        if person in {v.id for v in link.via}
    )


def _nodes(
    links: list[Link],
    entities: dict[str, Entity],
    places: dict[str, Point],
    sides: dict[str, str],
    found: Gathered,
    pending: frozenset[str],
    laid: Rows,
    ends: tuple[str, str],
) -> tuple[Node, ...]:
    nodes = []
    _, room, _ = beneath(list(sides.values()).count("below"))
    for iri in sorted(sides):
        end = iri in ends
        nodes.append(
            Node(
                entities[iri], places[iri], 22.0 if end else 8.5, 1e6 if end else 5e3,
                0 if end else 2, "below", 175.0 if end else room,
                facts=found.of_node[iri],
            )
        )  # fmt: skip
    for number, link in enumerate(links):
        year = _year(link)
        nodes.append(
            Node(
                entities[link.id],
                places[link.id],
                size=5.6,
                weight=1e4 * (link.id not in pending) + 100 * len(link.parties) - number / 1e3,
                side="right",
                room=laid.room - 34.0,
                date=short_date(link.when, int(year) if year.isdigit() else None),
                dated=date_words(link.when, happened=True),
                note=_standing(link) if link.id in pending else "",
                muted=link.id in pending,
                facts=found.of_node[link.id],
            )
        )
    return tuple(nodes)


def _edges(
    ties: Ties,
    found: Gathered,
    places: dict[str, Point],
    sides: dict[str, str],
    laid: Rows,
    slim: Rows,
    narrow: dict[str, Point],
    pending: frozenset[str],
    fixed: set[tuple[str, str]],
) -> tuple[Edge, ...]:
    right = laid.width + RAIL
    edges = []
    for pair in sorted(ties):
        party, thing = pair if pair[0] in sides else pair[::-1]
        side = sides[party]
        through: tuple[Point, ...] = ()
        slender: tuple[Point, ...] = ()
        if thing in sides:
            bend = "vertical" if "below" in (side, sides[thing]) else "horizontal"
        elif side == "below":
            bend = "vertical"
        else:
            bend = "horizontal"
            through = ((-RAIL if "left" in side else right, places[thing][1]),)
            slender = ((-RAIL if "left" in side else slim.width, narrow[thing][1]),)
        told = found.of_pair.get(pair, ())
        if (party, thing) != pair:
            told = tuple(replace(tie, way=tie.way[::-1]) for tie in told)
        unsure = bool(told) and all(tie.fact in found.unsure for tie in told)
        edges.append(
            Edge(
                party, thing, told, dashed=thing in pending or unsure, faint=bend == "vertical",
                bend=bend, through=through, narrow=slender, fixed=pair in fixed,
            )
        )  # fmt: skip
    return tuple(edges)


def _summary(answer: LinksAnswer) -> str:
    def count(number: int) -> str:
        return f"{number} agreement" + ("" if number == 1 else "s")

    dates_told = f" as of {date_words(answer.question.as_of)}" if answer.question.as_of else ""
    pending = f", and {len(answer.pending)} pending" if answer.pending else ""
    return f"{count(len(answer.answers))} concluded{pending}{dates_told}."

"""Questions as people ask them, with names and dates as typed, and the record each returns.

The records are described in :mod:`diplograph.model`; every surface prints the same ones.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from diplograph import linking
from diplograph.absence import absence_between, absence_of, denials_between
from diplograph.errors import NameError_, OptionError
from diplograph.facts import entities_of, merge_evidence, when_from
from diplograph.model import (
    Absence,
    AbsenceReason,
    Entity,
    Include,
    Link,
    LinksAnswer,
    Question,
    Record,
)
from diplograph.names import Resolved, resolve
from diplograph.store import Graph, open_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from diplograph import dates
    from diplograph.asking.record import Asked
    from diplograph.centrality import Ranking
    from diplograph.chronology import Description, Timeline
    from diplograph.copies import Copies
    from diplograph.disagreement import Conflicts
    from diplograph.grouping import Communities
    from diplograph.overtime import OverTime
    from diplograph.paths import Conditions, Found, PathsAnswer

__all__ = [
    "ask", "central", "central_over_time", "communities", "conflicts", "describe", "links", "path",
    "timeline", "unknown_name",
]  # fmt: skip


def links(
    x: str,
    y: str,
    *,
    graph: Graph | None = None,
    as_of: str | None = None,
    include: str | Include = Include.CONCLUDED,
    predecessors: bool = False,
    sources: str | Path | None = None,
) -> LinksAnswer:
    """Which agreements link ``x`` and ``y``.

    ``answers`` of the record holds what was concluded (signed, agreed or beyond), ``pending`` what
    is only proposed, planned, under negotiation, initialled, reported or rumoured. ``include``
    moves the pending (``"pending"``) or also the rumoured and denied (``"any"``) among the
    answers. ``as_of`` is a date in words or an EDTF expression (“September 2000”, ``2000-09``;
    see :func:`diplograph.spoken.read`); what had not happened by then is left out.
    Agreements of predecessor states are counted in ``notes`` and join the answers with
    ``predecessors=True``. ``sources`` is the folder of the reader's copies.

    ``absence`` says why there is no answer; ``denials`` are the kinds of agreement, or the
    membership, of which a source says that there is none, also where there are others.

    Raises :class:`~diplograph.errors.UnknownName`, :class:`~diplograph.errors.AmbiguousName`,
    :class:`~diplograph.errors.DateError`, :class:`~diplograph.errors.SourceError`.

    >>> answer = links("China", "Russia", as_of="2000-09")
    >>> "Beijing Declaration" in [link.label for link in answer.answers]
    True
    >>> [link.stage for link in answer.pending if "Friendly Cooperation" in link.label]
    ['under negotiation']
    """
    graph = graph or open_graph()
    named = (resolve(graph, x, ("Agent",)), resolve(graph, y, ("Agent",)))
    one, two = _entities(graph, named)
    _two(one, two)
    period, copies = _period(as_of), _copies(graph, sources)
    found = linking.find_links(
        graph, one.id, two.id, period, Include(include), predecessors, copies
    )
    denials = tuple(denials_between(graph, one, two, period, copies))
    absence = None
    if not found.concluded:
        absence = absence_between(graph, one, two, period, copies)
    through = {v.id: v for link in found.hidden for v in link.via}
    return LinksAnswer(
        question=Question("links", one, two, when_from(period), Include(include)),
        answers=found.concluded,
        pending=found.pending,
        absence=absence,
        denials=denials,
        predecessors=tuple(through.values()),
        notes=(
            *_notes(*named),
            *_predecessor_note(found.hidden, tuple(through.values())),
            *_copy_notes(copies),
        ),
    )


def describe(
    name: str,
    *,
    graph: Graph | None = None,
    as_of: str | None = None,
    sources: str | Path | None = None,
) -> Description:
    """All that the graph says of the entity called ``name``, with the facts in order of time.

    Facts about an agreement that the entity is party to, an event that it takes part in or a
    transfer that it supplies, receives or is the weapon of count as facts about it; what another
    party alone did about an agreement does not, where that is told of each. ``as_of`` leaves out
    what had not happened or did not hold by a date, in words or as EDTF, and everything where the
    entity did not exist yet.

    >>> [a for a in describe("Shanghai Five").aliases]
    ['S5', 'Shanghai Forum']
    """
    from diplograph import chronology

    graph = graph or open_graph()
    named = resolve(graph, name)
    (entity,) = _entities(graph, (named,))
    period, copies = _period(as_of), _copies(graph, sources)
    facts = chronology.facts_about(graph, entity.id, as_of=period, copies=copies)
    absence = None
    if not facts:
        absence = absence_of(graph, (entity,), f"fact about {entity.label}", period, copies)
    same = (f"may be the same as “{label}”." for label in chronology.may_be(graph, entity.id))
    return chronology.Description(
        entity,
        chronology.aliases(graph, entity.id),
        facts,
        absence,
        (*_notes(named), *same, *_copy_notes(copies)),
    )


def timeline(
    x: str,
    y: str | None = None,
    *,
    graph: Graph | None = None,
    as_of: str | None = None,
    sources: str | Path | None = None,
) -> Timeline:
    """The facts about ``x``, or those about ``x`` and ``y`` together, in order of time.

    Two entities are told of together where one fact names both, or where they share an agreement,
    an event or a transfer. Facts that only join what others tell (``dg:joins``) are left out;
    ``describe`` has them.

    >>> facts = timeline("India", "SCO").facts
    >>> [fact.kind for fact in facts]
    ['Membership']
    """
    from diplograph import chronology

    graph = graph or open_graph()
    named = tuple(resolve(graph, name) for name in (x, y) if name is not None)
    entities = _entities(graph, named)
    one, two = entities[0], entities[1] if len(entities) > 1 else None
    if two is not None:
        _two(one, two)
    period, copies = _period(as_of), _copies(graph, sources)
    facts = chronology.facts_about(
        graph, *(e.id for e in entities), as_of=period, copies=copies, joining=False
    )
    absence = None
    if not facts:
        both = " and ".join(e.label for e in entities)
        absence = absence_of(graph, entities, f"fact about {both}", period, copies)
    return chronology.Timeline(
        Question("timeline", one, two, when_from(period)),
        facts,
        absence,
        (*_notes(*named), *_copy_notes(copies)),
    )


def conflicts(
    name: str | None = None,
    *,
    graph: Graph | None = None,
    sources: str | Path | None = None,
) -> Conflicts:
    """Where the sources disagree: all disagreements, or those about the entity called ``name``.

    Each has both sides as facts with their passages, what differs, and in which aspect (date,
    quantity, identity, course of events). Nothing is voted on. A disagreement is about an entity
    where a fact on one of its sides names the entity, or is of an agreement, event or transfer of
    it. Raises :class:`~diplograph.errors.UnknownName` or
    :class:`~diplograph.errors.AmbiguousName` for a name that leads to no one entity, and
    :class:`~diplograph.errors.SourceError` for copies that cannot be used.

    >>> [c.aspect for c in conflicts("Beijing Declaration").conflicts]
    ['date']
    """
    from diplograph import disagreement

    graph = graph or open_graph()
    named = () if name is None else (resolve(graph, name),)
    entity = _entities(graph, named)[0] if named else None
    copies = _copies(graph, sources)
    found = disagreement.disagreements(graph, entity.id if entity else None, copies)
    absence = None
    if not found:
        about = f" about {entity.label}" if entity else ""
        absence = Absence(AbsenceReason.NO_RECORD, f"No disagreement{about} is on record.")
    return disagreement.Conflicts(
        Question("conflicts", entity), found, absence, (*_notes(*named), *_copy_notes(copies))
    )


def path(
    x: str,
    y: str,
    *,
    graph: Graph | None = None,
    most: int = 3,
    max_length: int = 6,
    as_of: str | None = None,
    include: str | Include = Include.CONCLUDED,
    through: Sequence[str] = (),
    avoid: Sequence[str] = (),
    together: bool = False,
    weak: bool = False,
    sources: str | Path | None = None,
) -> PathsAnswer:
    """How ``x`` and ``y`` are connected: the ``most`` chains of facts that tell most.

    A step that leads through what everything is tied to tells little and costs much
    (:mod:`diplograph.information`); paths that are nearly alike are folded into the best of them.
    Where every path costs more than the limit there is no meaningful connection, and ``absence``
    says so; ``weak`` gives those beyond it too. No path has more than ``max_length`` steps.

    ``through`` and ``avoid`` are kinds (“treaties”, “issues”, “stances”) or names: each path
    passes through one of each of the former and none of the latter. ``together`` gives only paths
    whose steps can have held at one time. ``as_of`` and ``include`` hold as in :func:`links`.

    Raises :class:`~diplograph.errors.UnknownName`, :class:`~diplograph.errors.AmbiguousName`,
    :class:`~diplograph.errors.DateError`, :class:`~diplograph.errors.SourceError`.

    >>> answer = path("Gazprom", "Vladimir Putin", most=1)
    >>> [entity.label for entity in answer.paths[0].entities][1:-1]
    ['Gas supply memorandum of 2006', "Putin's visit to China in 2006"]
    """
    from diplograph import paths

    graph = graph or open_graph()
    named = (resolve(graph, x), resolve(graph, y))
    one, two = _entities(graph, named)
    _two(one, two)
    period, copies = _period(as_of), _copies(graph, sources)
    asked = paths.Conditions(
        most, max_length, period, Include(include), through, avoid, together, weak
    )
    found = paths.find_paths(graph, one.id, two.id, asked, copies)
    absence = None if found.paths else _no_path(graph, one, two, asked, found, copies)
    wider = _wider(graph, one, two, asked) if absence else ()
    question = Question("path", one, two, when_from(period), Include(include))
    return paths.PathsAnswer(
        question, found.paths, absence, (*_notes(*named), *wider, *_copy_notes(copies)),
        round(found.limit, 3),
    )  # fmt: skip


def _no_path(
    graph: Graph, one: Entity, two: Entity, asked: Conditions, found: Found, copies: Copies | None
) -> Absence:
    """Why there is no path: none that means anything, or none at all."""
    if found.beyond is None:
        steps = "one fact" if asked.max_length == 1 else f"up to {asked.max_length} facts"
        chain = f"chain of {steps} from {one.label} to {two.label}"
        absence = absence_of(graph, (one, two), chain, asked.as_of, copies, apart=True)
        aside = _outside_the_network(graph, one, two)
        return replace(absence, detail=absence.detail + aside)
    return Absence(
        AbsenceReason.NO_RECORD,
        f"No meaningful connection of {one.label} and {two.label} is on record: "
        f"{found.beyond.too_weak(found.limit)} Ask for the weak ones too to see it.",
        evidence=merge_evidence(step.evidence for step in found.beyond.steps),
    )


def _wider(graph: Graph, one: Entity, two: Entity, asked: Conditions) -> tuple[str, ...]:
    """A note where there would be a path if more counted than what was concluded."""
    from diplograph import paths
    from diplograph.edges import LEVELS

    for include in LEVELS[LEVELS.index(asked.include) + 1 :]:
        wider = replace(asked, include=include, most=1)
        if paths.find_paths(graph, one.id, two.id, wider).paths:
            told = "pending" if include is Include.PENDING else "only rumoured or denied"
            return (
                f"there is a path where what is {told} counts too; ask with "
                f"--include {include.value}.",
            )
    return ()


def central(
    measure: str = "degree",
    *,
    graph: Graph | None = None,
    projection: str = "facts",
    of: str | None = None,
    as_of: str | None = None,
    include: str | Include = Include.CONCLUDED,
    most: int | None = 20,
    bootstrap: int = 100,
    seed: int = 0,
    sample: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Ranking:
    """Entities in order of a measure of a projected network, each with the stability of its rank.

    The measures are in :mod:`diplograph.measures`, the projections in
    :func:`diplograph.projections.projections`; ``of`` is a kind of entity such as ``agents`` or
    ``treaties``. See :func:`diplograph.centrality.rank`.

    >>> central("degree", most=2, bootstrap=0).ranking[0].rank
    1
    """
    from diplograph import centrality

    graph = graph or open_graph()
    return centrality.rank(
        graph, measure, projection=projection, of=of, as_of=_period(as_of),
        include=Include(include), most=most, bootstrap=bootstrap, seed=seed, sample=sample,
        progress=progress,
    )  # fmt: skip


def central_over_time(
    measure: str = "degree",
    *,
    graph: Graph | None = None,
    projection: str = "facts",
    of: str | None = None,
    include: str | Include = Include.CONCLUDED,
    most: int | None = 20,
    first: int | None = None,
    last: int | None = None,
    seed: int = 0,
    sample: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> OverTime:
    """A measure of the network as of each year, from ``first`` to ``last``.

    See :func:`diplograph.overtime.rank_over_time`.

    >>> found = central_over_time("degree", of="organizations", first=2000, last=2002)
    >>> [year.year for year in found.years]
    [2000, 2001, 2002]
    """
    from diplograph import overtime

    return overtime.rank_over_time(
        graph or open_graph(), measure, projection=projection, of=of, include=Include(include),
        most=most, first=first, last=last, seed=seed, sample=sample, progress=progress,
    )  # fmt: skip


def communities(
    *,
    graph: Graph | None = None,
    projection: str = "facts",
    as_of: str | None = None,
    include: str | Include = Include.CONCLUDED,
    resolution: float = 1.0,
    most: int | None = None,
    bootstrap: int = 20,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Communities:
    """Who belongs together: the communities of a projected network, by the Leiden algorithm.

    See :func:`diplograph.grouping.find_communities`.

    >>> found = communities(projection="agreements", bootstrap=0)
    >>> found.communities[0].name
    'China, Russia, Soviet Union'
    """
    from diplograph import grouping

    return grouping.find_communities(
        graph or open_graph(), projection=projection, as_of=_period(as_of),
        include=Include(include), resolution=resolution, most=most, bootstrap=bootstrap, seed=seed,
        progress=progress,
    )  # fmt: skip


def ask(
    question: str,
    *,
    graph: Graph | None = None,
    as_of: str | None = None,
    include: str | Include = Include.CONCLUDED,
    sources: str | Path | None = None,
    templates: str | Path | None = None,
    explain: bool = False,
) -> Asked:
    """The answer to a question in plain English.

    The question is matched to a template, a declared shape of question with slots for names, kinds
    and dates; no language model takes part. ``understood`` of the record says which; ``text`` is
    the answer in a sentence or a few, ``answers`` what it rests on, ``sparql`` the query that was
    run. A question that is not understood is refused (``refused`` names the part, and questions
    that can be answered); where nothing is found, ``absence`` says why. ``as_of`` and ``include``
    hold as in :func:`links`, ``templates`` is a file of templates of one's own (see
    ``docs/asking.md``), and ``explain`` adds how the question was understood.

    Raises :class:`~diplograph.errors.TemplateError`, :class:`~diplograph.errors.DateError`,
    :class:`~diplograph.errors.SourceError`.

    >>> answer = ask("When did Uzbekistan join the Shanghai Five?")
    >>> answer.understood.template, answer.answers[0].when.edtf
    ('when-joined', '2000-07-05/..')
    >>> ask("And when did they join?").refused.part
    'they'
    """
    from diplograph.asking.answering import answer
    from diplograph.asking.templates import all_templates

    graph = graph or open_graph()
    period, copies = _period(as_of), _copies(graph, sources)
    with graph.telling_once():
        found = answer(
            graph, question, all_templates(templates), period, Include(include), copies, explain
        )
    return replace(found, notes=(*found.notes, *_copy_notes(copies)))


def unknown_name(kind: str, error: NameError_) -> Record:
    """The record of a question (``links``, ``describe``, …) whose name leads to no one entity."""
    from diplograph import chronology, disagreement, paths

    absence = Absence(AbsenceReason.UNKNOWN_NAME, str(error), error.suggestions)
    question = Question(kind)
    records: dict[str, Record] = {
        "links": LinksAnswer(question, (), (), absence),
        "describe": chronology.Description(None, (), (), absence),
        "timeline": chronology.Timeline(question, (), absence),
        "conflicts": disagreement.Conflicts(question, (), absence),
        "path": paths.PathsAnswer(question, (), absence),
    }
    return records[kind]


def _entities(graph: Graph, named: tuple[Resolved, ...]) -> tuple[Entity, ...]:
    found = entities_of(graph, [n.id for n in named])
    return tuple(found[n.id] for n in named)


def _two(one: Entity, two: Entity) -> None:
    if one.id == two.id:
        raise OptionError(f"both names lead to {one.label}; name two that differ.")


def _outside_the_network(graph: Graph, *entities: Entity) -> str:
    """A sentence for each entity that is the author of a source, whose judgements tie nobody."""
    return "".join(
        f" {e.label} is the author of a source, and what authors judge is not in the network; "
        "describe shows it."
        for e in entities
        if graph.ask(f"ASK {{ ?source a dg:Source ; schema:author <{e.id}> }}")
    )


def _period(as_of: str | None) -> dates.Period | None:
    if as_of is None:
        return None
    from diplograph import spoken

    return spoken.read(as_of)


def _copies(graph: Graph, sources: str | Path | None) -> Copies | None:
    if not sources:
        return None
    from pathlib import Path

    from diplograph.copies import Copies

    return Copies.find(graph, Path(sources))


def _copy_notes(copies: Copies | None) -> tuple[str, ...]:
    """What of the reader's copies was not as the curators read it."""
    changed = copies.refused if copies else {}
    return tuple(
        f"your copy of {source} is not the text that the curators read: {count} passages are not "
        "shown; see: diplograph sources verify."
        for source, count in sorted(changed.items())
    )


def _notes(*named: Resolved) -> tuple[str, ...]:
    return tuple(n.note for n in named if n.note)


def _predecessor_note(hidden: tuple[Link, ...], through: tuple[Entity, ...]) -> tuple[str, ...]:
    if not hidden:
        return ()
    names = " and ".join(sorted(entity.label for entity in through))
    more = "1 more agreement is" if len(hidden) == 1 else f"{len(hidden)} more agreements are"
    return (f"{more} reached through predecessors ({names}); ask with --predecessors.",)

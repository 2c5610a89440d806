"""What a picture shows, as linked tables: for screen readers, for printing, and for the side panel.

The panel beside the picture reads the facts from these tables, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from diplograph.model import STATES, Conflict, Evidence, Fact, Link, When
from diplograph.render.picture import Picture
from diplograph.render.words import class_words, date_words, locator, plain

__all__ = ["tables"]


def tables(picture: Picture) -> str:
    """The tables of agreements (where the picture is of links), of entities and of facts."""
    number = {node.entity.id: i for i, node in enumerate(picture.nodes)}
    places = {fact.id: i for i, fact in enumerate(picture.facts)}
    return "".join(
        (_agreements(picture, number), _entities(picture, places), _facts(picture, number))
    )


def _table(identifier: str, caption: str, heads: Iterable[str], rows: list[str]) -> str:
    if not rows:
        return ""
    head = "".join(
        f'<th scope="col" aria-sort="none"><button type="button">{h}</button></th>' for h in heads
    )
    body = "\n".join(rows)
    return (
        f'<div class="wide"><table id="{identifier}"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>\n"
    )


def _text(text: str | None) -> str:
    return escape(plain(text or ""))


def _entity_link(iri: str, label: str, number: dict[str, int]) -> str:
    return f'<a href="#e{number[iri]}">{_text(label)}</a>' if iri in number else _text(label)


def _agreements(picture: Picture, number: dict[str, int]) -> str:
    def row(link: Link) -> str:
        standing = "pending" if link.id in picture.pending else "concluded"
        reason = f": {link.reason}" if link.reason else ""
        parties = ", ".join(_entity_link(p.id, p.label, number) for p in link.parties)
        via = ", ".join(_entity_link(v.id, v.label, number) for v in link.via)
        return (
            f'<tr id="a{number[link.id]}"><td{_times(link.when)}>'
            f"{_text(date_words(link.when, happened=True))}</td>"
            f'<th scope="row">{_entity_link(link.id, link.label, number)}</th>'
            f"<td>{_text(link.kind)}</td><td>{_text(link.stage)}</td><td>{_text(link.grade)}</td>"
            f"<td>{_text(standing + reason)}</td>"
            f"<td>{parties}{f' (through {via})' if via else ''}</td></tr>"
        )

    heads = ("Date", "Agreement", "Kind", "Stage", "Grade", "Standing", "Parties")
    return _table("agreements", "Agreements", heads, [row(link) for link in picture.links])


def _entities(picture: Picture, places: dict[str, int]) -> str:
    rows = []
    for i, node in enumerate(picture.nodes):
        if node.stands_for_others:
            continue
        facts = " ".join(f'<a href="#f{places[f]}">{places[f] + 1}</a>' for f in node.facts)
        rows.append(
            f'<tr id="e{i}"><th scope="row">{_text(node.entity.label)}</th>'
            f"<td>{_text(class_words(node.entity.type))}</td>"
            f'<td class="numbers" data-k="{len(node.facts)}">{facts}</td>'
            f"<td><code>{_text(node.entity.id)}</code></td></tr>"
        )
    return _table("entities", "Entities", ("Name", "Kind", "Facts", "Identifier"), rows)


def _facts(picture: Picture, number: dict[str, int]) -> str:
    tied: dict[str, list[str]] = {}
    labels = {node.entity.id: node.entity.label for node in picture.nodes}
    for node in picture.nodes:
        for fact in node.facts:
            tied.setdefault(fact, []).append(node.entity.id)
    rows = [
        _fact(i, fact, [_entity_link(e, labels[e], number) for e in tied.get(fact.id, ())])
        for i, fact in enumerate(picture.facts)
    ]
    heads = ("No.", "Date", "Statement", "About", "Stage", "Grade", "Passages", "Contradicted by")
    return _table("facts", "Facts", heads, rows)


def _fact(i: int, fact: Fact, about: list[str]) -> str:
    passages = [f"<li>{_passage(e)}</li>" for e in fact.evidence]
    if not passages:
        passages = [f"<li>{_text(fact.source)}, no passage given</li>"]
    conflicts = [_conflict(c) for c in fact.conflicts]
    grade = fact.grade if fact.holds == "definitely" else f"{fact.grade}, possibly at that date"
    date = date_words(fact.when, fact.kind not in STATES)
    return (
        f'<tr id="f{i}"><td>{i + 1}</td>'
        f'<td class="date"{_times(fact.when)}>{_text(date)}</td>'
        f'<td class="statement">{_text(fact.statement)}</td><td>{", ".join(about)}</td>'
        f'<td class="stage">{_text(fact.stage)}</td><td class="grade">{_text(grade)}</td>'
        f'<td><ul class="passages">{"".join(passages)}</ul></td>'
        f'<td><ul class="conflicts">{"".join(conflicts)}</ul></td></tr>'
    )


def _passage(evidence: Evidence) -> str:
    return _text(locator(evidence) + (f": “{evidence.text.strip()}”" if evidence.text else ""))


def _conflict(conflict: Conflict) -> str:
    """What is said on the other side, what differs, and where; the panel reads the parts."""
    by = "; ".join(sorted({evidence.source for evidence in conflict.evidence}))
    where = "; ".join(_passage(evidence) for evidence in conflict.evidence)
    return (
        f'<li data-by="{_text(by)}"><span class="other">{_text(conflict.label)}</span> – '
        f'<span class="detail">{_text(conflict.detail)}</span> '
        f'<span class="where">{f"({where})" if where else ""}</span></li>'
    )


def _times(when: When | None) -> str:
    """The attributes of a cell with a date: what it is sorted by, and the EDTF expression."""
    if when is None:
        return ' data-k=""'
    first, last = when.earliest or when.latest or "", when.latest or "9999"
    return f' data-k="{_text(first)} {_text(last)}" data-edtf="{_text(when.edtf)}"'

"""Records as text for people: paragraphs and tables, coloured on a terminal, plain when piped."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from diplograph.model import STATES, Absence, Conflict, Entity, Evidence, Fact, When
from diplograph.words import in_words

if TYPE_CHECKING:
    from diplograph.asking.record import AskAnswer

__all__ = [
    "absence",
    "columns",
    "conflicts",
    "counted",
    "error",
    "evidence",
    "fact",
    "notes",
    "paragraph",
    "printable",
    "query",
    "quoted",
    "spaced",
    "stated",
    "table",
    "taken_from",
    "title",
    "when",
]


def _width() -> int:
    """How wide text may be: that of the terminal (or ``COLUMNS``), within reason."""
    return max(40, min(shutil.get_terminal_size((100, 24)).columns, 110))


def title(text: str) -> None:
    """A heading line."""
    click.secho(printable(text), bold=True)


def paragraph(text: str, indent: int = 0, **style: bool | str) -> None:
    """Text broken at the width of the terminal; passages stay whole words.

    Control characters in the data never reach the terminal.
    """
    shown = printable(text)
    if indent + len(shown) <= _width() and "  " not in shown:
        click.secho(" " * indent + shown, **style)  # type: ignore[arg-type]
        return
    lines = textwrap.wrap(
        shown, _width(), initial_indent=" " * indent, subsequent_indent=" " * indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    click.secho("\n".join(lines), **style)  # type: ignore[arg-type]


def printable(text: str) -> str:
    """The text without control characters, so that no data steers the terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun in the right form."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def when(value: When | None, happened: bool = False) -> str:
    """A time in words; what ``happened`` did so *by* an open beginning."""
    return in_words(value.edtf, happened) if value else "undated"


def names(entities: Iterable[Entity]) -> str:
    """Labels joined by commas."""
    return ", ".join(entity.label for entity in entities)


def evidence(passages: Sequence[Evidence], indent: int) -> None:
    """Each passage's locator, and its text where the reader's copy is at hand.

    A passage that lies within another one shown is left out; ``--json`` has them all.
    """
    for passage in passages:
        if any(_within(passage, other) for other in passages):
            continue
        paragraph(passage.locator, indent, fg="cyan")
        if passage.text is not None:
            paragraph(quoted(passage.text), indent + 2, italic=True)


def quoted(passage: str) -> str:
    """The text of a passage in quotation marks, its lines run together."""
    return "“" + " ".join(passage.split()) + "”"


def _within(passage: Evidence, other: Evidence) -> bool:
    return (
        passage != other
        and passage.source == other.source
        and other.start <= passage.start
        and passage.end <= other.end
    )


def conflicts(found: Sequence[Conflict], indent: int) -> None:
    """What contradicts the fact."""
    for conflict in found:
        paragraph(f"! disputed: {conflict.detail} ({conflict.label})", indent, fg="yellow")


def fact(record: Fact) -> None:
    """A fact as a paragraph."""
    stated(record, when(record.when, record.kind not in STATES), taken_from(record))


def stated(record: Fact | AskAnswer, heading: str, told: str) -> None:
    """What a record states under a heading: with its marks, who told it, passages, conflicts."""
    marks = [
        mark for mark in (record.stage, record.grade if record.grade != "stated" else None) if mark
    ]
    if record.holds == "possibly":
        marks.append("possibly")
    paragraph(heading, bold=True)
    paragraph(record.statement + (f" [{', '.join(marks)}]" if marks else ""), 4)
    if told:
        paragraph(told, 4)
    evidence(record.evidence, 4)
    conflicts(record.conflicts, 4)


def taken_from(record: Fact) -> str:
    """By whose figures or word, and according to which document, the source tells the fact."""
    by = [f"by {name}" for name in record.values.get("attributedTo", ())]
    return " · ".join(by + [f"according to {doc}" for doc in record.values.get("accordingTo", ())])


def absence(record: Absence | None) -> None:
    """Why there is no answer."""
    if record is not None:
        paragraph(f"{record.reason.value}: {record.detail}")
        evidence(record.evidence, 2)


def notes(texts: Iterable[str]) -> None:
    """Notes on standard error, where they do not mix with the answer."""
    for text in texts:
        click.secho(f"note: {printable(text)}", err=True, fg="yellow")


def error(message: str) -> None:
    """What went wrong, as one line on standard error."""
    click.echo(printable("diplograph: " + " ".join(message.split())), err=True)


def query(sparql: str, indent: int) -> None:
    """A SPARQL query, laid out."""
    from diplograph_cli.layout import laid_out

    for line in laid_out(sparql, _width() - indent):
        click.echo(" " * indent + printable(line))


def columns(blocks: Sequence[Sequence[str]], indent: int) -> None:
    """Blocks of lines, two beside each other where the width allows, else one below the other."""
    from rich.cells import set_cell_size

    gap = 3
    width = (_width() - indent - gap) // 2
    beside = len(blocks) > 1 and width >= 36
    if not beside:
        width = _width() - indent - 2
    wrapped = [
        [
            ("  " if number or part else "") + line
            for number, entry in enumerate(block)
            for part, line in enumerate(_wrapped(printable(entry), width - 2))
        ]
        for block in blocks
    ]
    step = 2 if beside else 1
    for first in range(0, len(wrapped), step):
        left = wrapped[first]
        right = wrapped[first + 1] if beside and first + 1 < len(wrapped) else []
        for row in range(max(len(left), len(right))):
            one = left[row] if row < len(left) else ""
            two = right[row] if row < len(right) else ""
            line = set_cell_size(one, width + gap) + two if right else one
            click.echo((" " * indent + line).rstrip())


def spaced(years: Sequence[int], label: int) -> tuple[list[int], int]:
    """The years that fit beside labels so wide, evenly apart up to the last one, and how far."""
    room = max(2, (_width() - label) // 6)
    step = next(s for s in (1, 2, 5, 10, 20, 25, 50, 100, 1000, 10_000) if len(years) <= s * room)
    last = years[-1]
    return [year for year in years if (last - year) % step == 0], step


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines of so many cells; wide letters, as of Chinese, take two cells each."""
    from rich.cells import cell_len

    if cell_len(text) == len(text):
        return textwrap.wrap(text, width) or [""]
    lines = [""]
    for letter in text:
        if cell_len(lines[-1] + letter) > width:
            lines.append("")
        lines[-1] += letter
    return [line.strip() for line in lines]


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> None:
    """A table: drawn on a terminal, aligned when piped; ``right`` are columns of numbers."""
    numeric = set(right)
    rows = [[printable(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        drawn = Table(header_style="bold", box=None, pad_edge=False)
        for index, header in enumerate(headers):
            drawn.add_column(header, justify="right" if index in numeric else "left")
        for row in rows:
            drawn.add_row(*(cell.replace("[", r"\[") for cell in row))
        Console().print(drawn)
        return
    widths = [max(len(r[i]) for r in (headers, *rows)) for i in range(len(headers))]
    for row in (headers, *rows):
        cells = (
            c.rjust(w) if i in numeric else c.ljust(w)
            for i, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        click.echo("  ".join(cells).rstrip())

"""A document taken apart: its sentences, footnotes, rows of tables and headings, with their places.

Sentences are told apart by *sentencex*, the splitter of the Wikimedia Foundation; what stands
around them is told by the marks of plain-text documents: blank lines between paragraphs, ``#``
before a heading, a raised number or ``[1]`` before a footnote, ``-`` or ``*`` before an item of a
list, and between the cells of a table tabs, upright strokes, or wide gaps in each of several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Unit", "UnitKind", "footnotes", "units", "without_marks"]

_NOTE = r"<sup>\s*\w+\s*</sup>|\[\^?\w+\]:?(?=\s)"
_BEGINS = rf"#{{1,6}}\s|{_NOTE}|[*•-]\s"
_PARAGRAPH = re.compile(rf"#{{1,6}}\s[^\r\n]*|\S(?:[^\n]|\n(?!\s*\n|{_BEGINS}))*")
_MARK = re.compile(r"<sup>[^<]*</sup>|\[\^[\w-]+\]|\[\d+\]")
_FOOTNOTE = re.compile(_NOTE)
_HEADING = re.compile(r"#{1,6}\s")
_CELLS = re.compile(r"\S(?: {2,}|[ \t]*\|[ \t]*)\S")
_BYTE_ORDER_MARK = "\ufeff"


class UnitKind(StrEnum):
    """What a unit is."""

    SENTENCE = "sentence"
    FOOTNOTE = "footnote"
    ROW = "table row"
    HEADING = "heading"


@dataclass(frozen=True, order=True)
class Unit:
    """A stretch of a document: character offsets (the end not included) and what it is."""

    start: int
    end: int
    kind: UnitKind


def units(text: str) -> tuple[Unit, ...]:
    """The units of a text in their order, without the white space between them.

    Every letter and digit of the text lies in exactly one unit. A footnote of several sentences
    gives several units; a sentence that a page break interrupts gives one before and one after.

    >>> text = "# On treaties\\n\\nOne was signed.<sup>1</sup> The other, by Mr. X, was not.\\n"
    >>> [(text[u.start:u.end][:10], u.kind.value) for u in units(text)]
    [('# On treat', 'heading'), ('One was si', 'sentence'), ('The other,', 'sentence')]
    """
    return tuple(unit for match in _paragraphs(text) for unit in _paragraph(text, match))


def footnotes(text: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and number or name of each footnote of a text, in their order.

    >>> footnotes("A.[1] B.[2]\\n\\n[1] First.\\n[2] Second.\\n")
    ((13, 23, '1'), (24, 35, '2'))
    """
    found = []
    for match in _paragraphs(text):
        mark = _FOOTNOTE.match(match[0])
        if mark:
            end = match.start() + len(match[0].rstrip())
            found.append((match.start(), end, re.sub(r"</?sup>|\W", "", mark[0])))
    return tuple(found)


def without_marks(text: str) -> str:
    """The text with blanks for its raised footnote marks, so that every place stays where it is.

    >>> without_marks("Signed.<sup>1</sup>Then")
    'Signed.            Then'
    """
    return _MARK.sub(lambda mark: " " * len(mark[0]), text)


def _paragraphs(text: str) -> Iterator[re.Match[str]]:
    return _PARAGRAPH.finditer(text, 1 if text.startswith(_BYTE_ORDER_MARK) else 0)


def _paragraph(text: str, match: re.Match[str]) -> Iterator[Unit]:
    paragraph, offset = match[0], match.start()
    if _is_table(paragraph.splitlines()):
        start = 0
        for line in paragraph.splitlines(keepends=True):
            yield from _unit(text, offset + start, offset + start + len(line), UnitKind.ROW)
            start += len(line)
    elif _HEADING.match(paragraph):
        yield from _unit(text, offset, match.end(), UnitKind.HEADING)
    else:
        kind = UnitKind.FOOTNOTE if _FOOTNOTE.match(paragraph) else UnitKind.SENTENCE
        for start, end in _sentences(paragraph):
            yield from _unit(text, offset + start, offset + end, kind)


def _is_table(lines: list[str]) -> bool:
    """Whether every line has cells: parted by tabs or, in several lines, strokes or wide gaps."""
    return all("\t" in line for line in lines) or (
        len(lines) > 1 and all(_CELLS.search(line) for line in lines)
    )


def _sentences(paragraph: str) -> Iterator[tuple[int, int]]:
    import sentencex

    # A raised mark behind the full stop would hide the end of the sentence.
    for boundary in sentencex.get_sentence_boundaries("en", without_marks(paragraph)):
        yield boundary["start_index"], boundary["end_index"]


def _unit(text: str, start: int, end: int, kind: UnitKind) -> Iterator[Unit]:
    """The unit without white space at its ends, unless it has neither letter nor digit."""
    stretch = text[start:end]
    if any(c.isalnum() for c in stretch):
        before = len(stretch) - len(stretch.lstrip())
        yield Unit(start + before, start + len(stretch.rstrip()), kind)

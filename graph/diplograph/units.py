"""A document taken apart: its sentences, footnotes, rows of tables and headings, with their places.

Sentences are told apart by *sentencex*, the splitter of the Wikimedia Foundation; what stands
around them is told by the marks of plain-text documents: blank lines between paragraphs, tabs
between the cells of a table, ``#`` before a heading, a raised number before a footnote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Unit", "UnitKind", "units", "without_marks"]

_PARAGRAPH = re.compile(r"#{1,6}\s[^\n]*|\S(?:[^\n]|\n(?!\s*\n|#{1,6}\s))*")
_MARK = re.compile(r"<sup>[^<]*</sup>")
_FOOTNOTE = re.compile(r"(?:<sup>\s*\d+\s*</sup>|\[\^?\d+\]:?)")
_HEADING = re.compile(r"#{1,6}\s")


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
    return tuple(unit for match in _PARAGRAPH.finditer(text) for unit in _paragraph(text, match))


def without_marks(text: str) -> str:
    """The text with blanks for its raised footnote marks, so that every place stays where it is.

    >>> without_marks("Signed.<sup>1</sup>Then")
    'Signed.            Then'
    """
    return _MARK.sub(lambda mark: " " * len(mark[0]), text)


def _paragraph(text: str, match: re.Match[str]) -> Iterator[Unit]:
    paragraph, offset = match[0], match.start()
    if "\t" in paragraph:
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

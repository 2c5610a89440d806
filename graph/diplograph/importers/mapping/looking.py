"""What the columns of an unknown table look like, from their first cells.

Nothing is decided here: a column can look like a year, a code and a number at once. Each guess has
the share of its distinct cells that fit, and what is doubtful in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from diplograph import states
from diplograph.importers.mapping.concepts import find_concept
from diplograph.importers.mapping.dating import read_date

__all__ = ["NOTHING", "Column", "Dates", "Parties", "looked_at"]

NOTHING = ("NA", "N/A", "n/a", "NULL", "null", "None", "none", "-", "–", ".", "..", "-99", "-999")
"""What tables print in cells that say nothing."""

_MOST = 120
"""Distinct cells of a column that are looked up."""
_FITS = 0.8
_SEPARATORS = (";", "|", "/", ",", "\n", " and ")
_FORMATS = (
    "dd.MM.yyyy", "d.M.yyyy", "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "M-d-yyyy", "yyyy/M/d",
    "d MMMM yyyy", "MMMM d, yyyy", "d MMM yyyy", "d-MMM-yyyy", "MMM d, yyyy", "yyyyMMdd",
    "MM.yyyy", "M/yyyy", "MMMM yyyy", "yyyy",
)  # fmt: skip
_CODES: Mapping[str, str] = {
    "iso2": "[A-Za-z]{2}", "iso3": "[A-Za-z]{3}", "cow-abb": "[A-Za-z]{3}",
    "iso-numeric": "[0-9]{1,3}", "cow": "[0-9]{1,3}", "gw": "[0-9]{1,3}",
}  # fmt: skip
_HEADS = {
    "iso-numeric": r"iso|m49|\bun\b", "cow": r"cow|ccode", "gw": r"\bgw|gleditsch",
    "iso3": "iso", "iso2": "iso", "cow-abb": "cow|abb",
}  # fmt: skip
"""Words in the head of a column that point to a scheme."""


@dataclass(frozen=True)
class Parties:
    """That a column names parties: how, in what share of its distinct cells, and what is doubtful."""

    by: str
    share: float
    separator: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Dates:
    """That a column has dates: their formats, what stands for none, and what is doubtful."""

    formats: tuple[str, ...]
    share: float
    null: tuple[str, ...]
    first: str
    last: str
    doubt: str = ""

    @property
    def years(self) -> bool:
        """Whether they are years only."""
        return len(self.first) == 4 and len(self.last) == 4 and self.formats == ("edtf",)


@dataclass(frozen=True)
class Column:
    """A column by its name, and the cells of the rows that were looked at."""

    name: str
    cells: Sequence[str]
    filled: Sequence[str] = field(repr=False)
    """The distinct cells that say something, the commonest first."""

    @cached_property
    def head(self) -> str:
        """The name for looking words up in: small letters, words parted by blanks."""
        parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name)
        return re.sub(r"[\W_]+", " ", parted).casefold().strip()

    def says(self, words: str) -> bool:
        """Whether the name has one of the words, a regular expression."""
        return re.search(words, self.head) is not None

    @cached_property
    def nothing(self) -> list[str]:
        """The marks of cells that say nothing that occur in it."""
        return [mark for mark in NOTHING if mark in self.cells]

    @cached_property
    def lengths(self) -> float:
        """How long its distinct cells are at the middle."""
        sizes = sorted(len(text) for text in self.filled)
        return sizes[len(sizes) // 2] if sizes else 0

    @cached_property
    def repeated(self) -> bool:
        """Whether its cells come again and again in several rows."""
        told = sum(1 for cell in self.cells if cell and cell not in NOTHING)
        return len(self.filled) < 0.9 * told

    @cached_property
    def whole(self) -> bool:
        """Whether it holds whole numbers only."""
        return bool(self.filled) and all(re.fullmatch("[0-9]+", t) for t in self.filled)

    @cached_property
    def number(self) -> tuple[float, str, str]:
        """The share of its cells that are numbers, and the letters of fraction and thousands."""
        best = (0.0, ".", "")
        for decimal, group in (
            (".", ""),
            (".", ","),
            (",", "."),
            (",", ""),
            (",", " "),
            (".", " "),
        ):
            grouped = (
                rf"(?:[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+|[0-9]+)" if group else "[0-9]+"
            )
            form = re.compile(rf"[<>~≈]?\s*-?{grouped}(?:{re.escape(decimal)}[0-9]+)?")
            found = self._share(lambda text, form=form: form.fullmatch(text) is not None)
            if found > best[0]:
                best = (found, decimal, group)
        return best

    def concepts(self, scheme: str) -> float:
        """The share of its cells that are names of concepts of the scheme."""
        return self._share(lambda text: find_concept(scheme, text) is not None)

    def _share(self, fits: object) -> float:
        looked = self.filled[:_MOST]
        return sum(map(fits, looked)) / len(looked) if looked else 0.0  # type: ignore[call-overload]

    # --- parties -------------------------------------------------------------------------------

    @cached_property
    def parties(self) -> Parties | None:
        """How it names states or other known parties, where it does."""
        best: Parties | None = None
        for by, share in self._schemes().items():
            if best is None or share > best.share:
                best = Parties(by, share, doubt=self._doubt(by, share))
        if best is None or best.share < _FITS:
            best = self._listed() or best
        return best if best and best.share >= _FITS else None

    def _schemes(self) -> dict[str, float]:
        found = {}
        for by, form in _CODES.items():
            hinted = self.says(_HEADS[by])
            if (
                not self._share(lambda text, form=form: re.fullmatch(form, text) is not None)
                > _FITS
            ):
                continue
            share = self._share(lambda text, by=by: _known(text, by))
            numbers = form.startswith("[0-9]")
            # Small numbers are codes of something or other: so many of them, or a word, must say so.
            if share >= _FITS and (
                hinted or not numbers or (share > 0.9 and len(self.filled) > 20)
            ):
                found[by] = share + (0.01 if hinted else 0)
        if not self.whole:
            found["name"] = self._share(lambda text: _known(text, "name"))
        return found

    def _doubt(self, by: str, share: float) -> str:
        doubts = []
        others = [o for o, s in self._schemes().items() if o != by and s >= share - 0.02]
        if by != "name" and others:
            doubts.append(f"it may as well be {' or '.join(others)}")
        unknown = [text for text in self.filled[:_MOST] if not _known(text, by)]
        if unknown:
            some = ", ".join(f"“{text}”" for text in unknown[:3])
            doubts.append(f"not known: {some}{' …' if len(unknown) > 3 else ''}")
        return "; ".join(doubts)

    def _listed(self) -> Parties | None:
        for separator in _SEPARATORS:
            several = [text for text in self.filled[:_MOST] if separator in text]
            if len(several) < max(1, 0.2 * len(self.filled[:_MOST])):
                continue
            parts = [part.strip() for text in self.filled[:_MOST] for part in text.split(separator)]
            for by in ("name", "iso3", "iso2", "cow-abb"):
                share = sum(_known(part, by) for part in parts) / len(parts)
                if share >= _FITS:
                    unknown = sorted({part for part in parts if not _known(part, by)})
                    some = ", ".join(f"“{text}”" for text in unknown[:3])
                    return Parties(by, share, separator, f"not known: {some}" if unknown else "")
        return None

    # --- dates ---------------------------------------------------------------------------------

    @cached_property
    def dates(self) -> Dates | None:
        """The formats of its dates, where it has some."""
        looked = self.filled[:_MOST]
        texts = [text for text in looked if text not in ("0", "0000", "0000-00-00")]
        if not texts:
            return None
        for formats in _tried(texts):
            read = {text: _date(text, formats) for text in texts}
            good = {
                text: date for text, date in read.items() if date and "0999" < date[:4] < "2101"
            }
            if len(good) < _FITS * len([t for t in texts if not _far(read[t])]) or not good:
                continue
            far = [
                text
                for text in looked
                if text not in good and (_far(read.get(text)) or text not in read)
            ]
            dates = sorted(good.values())
            return Dates(
                formats, len(good) / len(texts), tuple(far), dates[0], dates[-1],
                _doubt_of_order(texts, formats),
            )  # fmt: skip
        return None


def _tried(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The formats that a column may have: one, or one and coarser ones beside it."""
    if any(re.fullmatch("[0-9]{4}.*", text) for text in texts):
        plain: list[tuple[str, ...]] = [("edtf",), ("yyyyMMdd",), ("yyyy/M/d",)]
    else:
        plain = []
    fits = {form: sum(_date(text, (form,)) is not None for text in texts) for form in _FORMATS}
    chosen: list[str] = []
    left = list(texts)
    while left:
        form = max(_FORMATS, key=lambda f: (sum(_date(t, (f,)) is not None for t in left), fits[f]))
        if not any(_date(text, (form,)) for text in left):
            break
        chosen.append(form)
        left = [text for text in left if not _date(text, (form,))]
    return [*plain, tuple(chosen)] if chosen else plain


def _date(text: str, formats: Sequence[str]) -> str | None:
    if not re.search("[0-9]{4}", text) or ("/" in text and "edtf" in formats):
        return None
    try:
        return read_date(text, formats)
    except ValueError:
        return None


def _far(date: str | None) -> bool:
    """Whether it is a date that stands for none: so far on that nobody means it."""
    return date is not None and date[:4] > "2100"


def _doubt_of_order(texts: Sequence[str], formats: Sequence[str]) -> str:
    """Whether day and month could as well change places."""
    swapped = tuple(
        f.replace("d", "#").replace("M", "d").replace("#", "M") if f.count("M") < 3 else f
        for f in formats
    )
    if swapped == tuple(formats) or not any(
        ("d" in form and "/" in form) or "-" in form for form in formats
    ):
        return ""
    if all(_date(text, swapped) for text in texts):
        return "day and month may have changed places; no date decides it"
    return ""


def _known(text: str, by: str) -> bool:
    found = states.resolve(text, scheme=by)  # type: ignore[arg-type]
    return found.how != "unknown"


def looked_at(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The columns of a table, from its first rows."""
    columns = []
    for at, name in enumerate(names):
        cells = [" ".join(row[at].split()) if at < len(row) else "" for row in rows]
        counts: dict[str, int] = {}
        for cell in cells:
            if cell and cell not in NOTHING:
                counts[cell] = counts.get(cell, 0) + 1
        columns.append(Column(name, cells, sorted(counts, key=lambda c: -counts[c])))
    return columns

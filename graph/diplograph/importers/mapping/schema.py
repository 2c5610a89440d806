"""What a mapping can say: every key, where it stands, what it holds.

This list is all there is: the reader (:mod:`diplograph.importers.mapping.reading`) checks a file
against it, and the page of the docs shows it. The words are those of CSVW (``null``,
``separator``, ``format``, ``decimalChar``, ``groupChar``, ``header``, ``delimiter``), Dublin Core
(``title``, ``publisher``, ``rights``, ``issued``, ``temporal``) and YARRRML (``$(column)``) where
these have one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["CLASSES", "ROWS", "SECTIONS", "Key", "Kind", "Row"]

Kind = str
"""What a key holds: a kind of single value, or the name of a section."""


@dataclass(frozen=True)
class Key:
    """A key of a section.

    ``kind`` is the name of a section, with ``[]`` behind it where there can be several, or the kind
    of a single value: ``text``, ``texts`` (one or a list), ``template`` (text with ``$(column)``),
    ``templates``, ``table`` (from what is printed to what it means), ``date`` (in EDTF),
    ``concept SCHEME`` and others that say themselves what they are.
    """

    name: str
    kind: Kind
    what: str
    needed: bool = False


CLASSES = ("state", "Organization", "Person")
"""What a party can be said to be."""


def _keys(*keys: tuple[str, Kind, str] | tuple[str, Kind, str, bool]) -> dict[str, Key]:
    return {key[0]: Key(*key) for key in keys}


SECTIONS: Mapping[str, Mapping[str, Key]] = {
    "mapping": _keys(
        ("dataset", "dataset", "What the table is, and who made it.", True),
        ("table", "table of cells", "How the file is to be read, where that is not plain."),
        ("row", "row", "What one row tells of.", True),
        ("agreement", "thing", "The agreement that the row is about."),
        ("parties", "party[]", "Who is party to it, or a member."),
        ("organization", "thing", "Of a membership: what they are members of."),
        ("role", "concept role", "In what capacity they belong, such as `observer`."),
        ("person", "thing", "Of a tenure: who held the office."),
        ("post", "post", "Of a tenure: the office."),
        ("supplier", "party", "Of a transfer: who supplies."),
        ("recipient", "party", "Of a transfer: who receives."),
        ("weapon", "thing", "Of a transfer: the weapon system."),
        ("transfer", "thing",
         "Of a transfer: its `id`, where several rows tell of one; else each row is one."),
        ("area", "party", "Of a figure: whose figure it is."),
        ("counterpart", "party", "Of a figure: the other side of a flow."),
        ("stages", "stage[]", "How far the agreement or the transfer came, and when."),
        ("figures", "figure[]", "Numbers, each with its measure and unit."),
        ("when", "when", "The time through which a membership or a tenure held, or of a figure."),
        ("grade", "concept grade",
         "How sure the table is of what it says; `stated` where nothing is given."),
        ("date", "when",
         "The date by which names and codes of states are read, where it is none of the "
         "dates told."),
    ),
    "dataset": _keys(
        ("identifier", "slug",
         "Its short name: small letters, digits and hyphens. Its named graph is called by "
         "it.", True),
        ("title", "text", "Its title.", True),
        ("publisher", "text", "Who made or published it.", True),
        ("rights", "text", "The terms under which it may be used.", True),
        ("description", "text",
         "What it sets out to cover, as in “fishing agreements of northern states”.", True),
        ("temporal", "date", "The period that it covers, in EDTF, as in `1950/2020`.", True),
        ("issued", "date", "When this edition was published. No date of the table can be later."),
        ("edition", "text", "How the publisher calls this edition."),
        ("homepage", "iri", "Its page on the web."),
        ("issues", "concept issue[]", "The issues that it covers."),
    ),
    "table of cells": _keys(
        ("encoding", "text", "The encoding of delimited text, such as `utf-8` or `cp1252`."),
        ("delimiter", "letter", "What parts the cells of delimited text: one letter, or `\\t`."),
        ("sheet", "text", "The name of the sheet of a workbook, or its number from 1 on."),
        ("header", "number", "The number of the row with the names of the columns."),
        ("null", "texts",
         "What is printed in cells that say nothing, such as `NA`; empty cells always do."),
    ),
    "thing": _keys(
        ("label", "template", "Its name."),
        ("id", "template", "What tells it from others, where names do not."),
        ("kind", "concept *", "Its kind, a concept of the scheme of its class."),
        ("describedAs", "template", "Of a weapon: its description, as printed."),
        ("class", "leader",
         "Of a person: `Leader` where they head states, governments or parties."),
    ),
    "post": _keys(
        ("label", "template",
         "What the office is called; the state's name is put behind it.", True),
        ("in", "party", "The state or body whose office it is.", True),
    ),
    "party": _keys(
        ("value", "templates", "The column that names the party, or several."),
        ("columns", "columns",
         "Columns that each name a party; `c1..c91` are all from the one to the other."),
        ("headers", "columns",
         "Columns whose heads name the parties; what stands in the cell says whether it is "
         "one."),
        ("by", "scheme",
         "What is printed: `name`, `iso2`, `iso3`, `iso-numeric`, `cow`, `cow-abb` or "
         "`gw`."),
        ("label", "template", "The name, where a code is printed that may not be known."),
        ("separator", "text", "What parts several parties in one cell."),
        ("null", "texts", "What is printed where there is no party."),
        ("class", "class",
         "`state` (looked up by its date), `Organization` or `Person` (taken as they are)."),
        ("kind", "concept okind", "Of an organization: its kind, such as `company`."),
        ("yes", "texts", "With `headers`: what is printed for a party."),
        ("no", "texts", "With `headers`: what is printed for one that is none."),
        ("stage", "concept stage", "With `headers`: the stage of whose date the cell tells."),
        ("format", "formats", "With `stage`: how the date is printed."),
    ),
    "stage": _keys(
        ("stage", "concept stage", "The stage, such as `signed`.", True),
        ("when", "when",
         "When it was reached. Where it is empty, a stage that is given here is not told."),
        ("for", "for",
         "`party`: it is the party's own; `agreement`: it is one of the agreement as a "
         "whole."),
        ("grade", "concept grade", "How sure the table is of it."),
    ),
    "figure": _keys(
        ("value", "template",
         "The number: one, or a range as in `3-6`, or with `~`, `<` or `>` before it.", True),
        ("measure", "concept measure", "What is measured.", True),
        ("unit", "concept unit", "What one of the value is.", True),
        ("scale", "number", "By how much the printed number is to be multiplied, as in `1000000`."),
        ("decimalChar", "letter",
         "What stands before the fraction; a point where nothing is given."),
        ("groupChar", "letter", "What parts thousands."),
        ("null", "texts", "What is printed where there is no number."),
        ("unknown", "texts", "What is printed where the number is said to be not known."),
        ("when", "when", "The time of the figure, where it is not that of the row."),
        ("grade", "concept grade", "How sure the table is of it."),
    ),
    "when": _keys(
        ("value", "template", "The column with the date."),
        ("year", "template", "The column with the year."),
        ("month", "template", "The column with the month, as a number."),
        ("day", "template", "The column with the day."),
        ("from", "when", "The beginning of a period."),
        ("to", "when", "The end of a period."),
        ("ongoing", "texts",
         "With `to`: what is printed where it went on. An empty end is one that is not "
         "known."),
        ("format", "formats",
         "How it is printed: `edtf` (also `2001`, `2001-05`, `2001-05-17`), or a pattern "
         "of d, M and y."),
        ("null", "texts", "What is printed where there is no date, such as `9999`."),
        ("mark", "template", "The column with a mark of an uncertain date."),
        ("marks", "table", "What the marks mean: `?` uncertain, `~` approximate, `%` both."),
    ),
    "concept": _keys(
        ("value", "template", "The column with what is printed.", True),
        ("map", "table", "From what is printed to our concept; `~` where nothing is to be told."),
        ("default", "text", "The concept for what is not in the map."),
    ),
}  # fmt: skip
"""The keys of each section by their names; the sections are those of :class:`Key`'s kinds."""


@dataclass(frozen=True)
class Row:
    """What a row can tell of: in words, the sections that it needs, and others that it may have."""

    what: str
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()


ROWS: Mapping[str, Row] = {
    "agreement": Row(
        "An agreement, with all its parties.", ("agreement",), ("parties", "stages", "figures")
    ),
    "participation": Row(
        "A party's part in an agreement, with its own dates.",
        ("agreement", "parties"), ("stages", "figures"),
    ),
    "stage": Row(
        "A stage of an agreement, of a party or as a whole.", ("agreement", "stages"), ("parties",)
    ),
    "membership": Row(
        "Who belonged to an organization.", ("organization", "parties"), ("role", "when")
    ),
    "tenure": Row("Who held an office.", ("person", "post"), ("when",)),
    "transfer": Row(
        "A transfer of arms.", ("supplier", "recipient", "weapon"),
        ("transfer", "stages", "figures"),
    ),
    "figure": Row(
        "A number of a state, or of a flow between two.", ("area", "figures"),
        ("counterpart", "when"),
    ),
}  # fmt: skip
"""What a row can be, by the word for it."""

EVERY = ("dataset", "table", "row", "grade", "date")
"""Keys of a mapping that every kind of row may have."""

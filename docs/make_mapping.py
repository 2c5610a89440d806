"""Write the list of what a mapping can say into its page: python docs/make_mapping.py."""

from __future__ import annotations

from pathlib import Path

from diplograph.importers.mapping.schema import ROWS, SECTIONS

PAGE = Path(__file__).parent / "datasets" / "your-own-table.md"
BEGIN, END = "<!-- what a mapping can say -->", "<!-- end -->"
TITLES = {
    "mapping": "The mapping", "dataset": "`dataset`: what the table is",
    "table of cells": "`table`: how the file is read",
    "thing": "`agreement`, `organization`, `person`, `weapon`, `transfer`: what the row is about",
    "post": "`post`", "party": "Parties", "stage": "`stages`", "figure": "`figures`",
    "when": "Dates", "concept": "Concepts: kinds, stages, grades, roles, measures, units",
}  # fmt: skip


def listed() -> str:
    """The kinds of row and the keys of each section, as tables."""
    lines = ["| `row` | what one row tells of | needs | may have |", "| --- | --- | --- | --- |"]
    for name, row in ROWS.items():
        needs, may = (", ".join(f"`{one}`" for one in keys) for keys in (row.needs, row.may))
        lines.append(f"| `{name}` | {row.what} | {needs} | {may} |")
    for section, keys in SECTIONS.items():
        lines += [
            "",
            f"### {TITLES[section]}",
            "",
            "| key | meaning | holds |",
            "| --- | --- | --- |",
        ]
        for key in keys.values():
            must = "**" if key.needed else ""
            lines.append(f"| `{key.name}` | {key.what} | {must}{key.kind}{must} |")
    return "\n".join(lines)


def page() -> str:
    """The page with the list as it is now."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{listed()}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

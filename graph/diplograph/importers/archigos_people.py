"""The people of Archigos: who is one person, what each is called, when each lived.

A leader has an identifier. Names are mostly surnames, which many share, so the label of a leader
tells them apart by state and years: “Arias, A. (Panama, 1940–1951)”; the name as printed is another
name of the leader. First names are not filled in. The rows link to pages of DBpedia, whose
addresses hold a name; it becomes another name of the leader where it has a word of the printed one,
and no more than that is taken from the link.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

from diplograph import dates
from diplograph.errors import DateError
from diplograph.importers.archigos_person import DAY, Life, Person
from diplograph.importers.layouts import Line
from diplograph.importers.spelling import damaged, mended
from diplograph.importers.telling import slug
from diplograph.keys import name_key
from diplograph.namespaces import BASE

__all__ = ["People", "Person"]

_NOT_DEAD, _MISSING = "-777", "-999"
_DIED = ("Natural Death", "Suicide")
_RESOURCE = "http://dbpedia.org/resource/"
Note = tuple[int, str, str, str]


class People:
    """All leaders of a file, by its bytes and its rows; ``places`` are the names of their states.

    ``notes`` are what has to go into the ledger: row, reason, sentence, printed value.
    """

    def __init__(self, file: bytes, lines: Sequence[Line], places: Mapping[int, list[str]]) -> None:
        self.notes: list[Note] = []
        self._file, self._places = file, places
        self._by_row: dict[int, Person] = {}
        together: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            together[line["leader"]].append(line)
        groups = [
            (key, rows)
            for leader, own in together.items()
            for key, rows in self._one_each(leader, own)
        ]
        names = {key: [self._name(line) for line in rows] for key, rows in groups}
        pages = {key: self._pages(rows) for key, rows in groups}
        linked: dict[str, set[str]] = defaultdict(set)
        for key, found in pages.items():
            for page in found:
                linked[page].add(key)
        for key, rows in groups:
            person = self._person(key, rows, names[key], pages[key], linked)
            self._by_row.update((line.row, person) for line in rows)

    def of(self, line: Line) -> Person:
        """The leader of a row."""
        return self._by_row[line.row]

    def _one_each(self, leader: str, lines: list[Line]) -> list[tuple[str, list[Line]]]:
        """The rows of an identifier, apart where they cannot be of one person.

        That is so where neither the names have a word in common nor the birth years are one.
        """
        apart: list[list[Line]] = []
        for line in lines:
            for own in apart:
                if any(_alike(line, other) for other in own):
                    own.append(line)
                    break
            else:
                apart.append([line])
        if len(apart) == 1:
            return [(leader, lines)]
        found = []
        for own in apart:
            others = ", ".join(
                sorted({o["name"] for rest in apart if rest is not own for o in rest})
            )
            self.notes += [
                (line.row, "inconsistent-value",
                 f"The identifier {leader} is also that of {others}, of another name and birth; "
                 "they are told as people of their own.", leader)
                for line in own
            ]  # fmt: skip
            found.append((f"{leader}-{slug(own[0]['name'])}", own))
        return found

    def _name(self, line: Line) -> tuple[str, str]:
        """The name of a row as it is told, and as it is printed."""
        printed = line["name"]
        if printed.isascii():
            return printed, printed
        whole = mended(printed)
        if whole:
            self.notes.append(
                (line.row, "text-encoding",
                 f"The name is printed “{printed}”, UTF-8 that was read as another encoding; it is "
                 f"told as “{whole}”.", printed)
            )  # fmt: skip
            return whole, printed
        if damaged(printed):
            self.notes.append(
                (line.row, "text-encoding",
                 "Letters of the name are damaged, and which they were is not certain; it is told "
                 "as it is printed.", printed)
            )  # fmt: skip
        elif printed.encode() not in self._file:
            self.notes.append(
                (line.row, "text-encoding",
                 "The name is not in UTF-8 as the format of the file demands; it was read as "
                 f"Latin-1, which gives “{printed}”.", printed)
            )  # fmt: skip
        return printed, printed

    def _pages(self, lines: Iterable[Line]) -> list[str]:
        """The pages of DBpedia that the rows link to, without what stands around them."""
        found = []
        for line in lines:
            link = line["link"]
            if not link or link == "NA":
                continue
            page = _page(link)
            if page is None:
                self.notes.append(
                    (line.row, "damaged-value", "The link leads to no page of DBpedia.", link)
                )
            else:
                found.append(page)
        return list(dict.fromkeys(found))

    def _person(
        self,
        key: str,
        lines: list[Line],
        names: list[tuple[str, str]],
        pages: list[str],
        linked: Mapping[str, set[str]],
    ) -> Person:
        name = names[0][0]
        open_ = any(line["exit"] == "Still in Office" for line in lines)
        last = "" if open_ else max(line["end"] for line in lines)[:4]
        first = min(line["begin"] for line in lines)[:4]
        places = dict.fromkeys(place for line in lines for place in self._places[line.row])
        own = [n for pair in names for n in pair]
        for page in pages:
            called = page.removeprefix(_RESOURCE).replace("_", " ").partition(" (")[0]
            words = set(name_key(called).split())
            if len(linked[page]) == 1 and words & set(name_key(name).split()):
                own.append(called)
        return Person(
            f"{BASE}id/person/archigos-{key}",
            f"{name} ({', '.join(places)}, {first if first == last else f'{first}–{last}'})",
            name,
            list(dict.fromkeys(own)),
            pages,
            self._lives(lines),
        )

    def _lives(self, lines: list[Line]) -> list[tuple[Life, int]]:
        """The lifespans that the rows tell, less those that another one tells more precisely."""
        found: dict[Life, int] = {}
        for line in lines:
            for life in self._told(line):
                if not (life[0] or life[1] not in ("", "..")):
                    continue
                try:
                    dates.parse("/".join(life))
                except DateError as error:
                    self.notes.append((line.row, "damaged-value", str(error), "/".join(life)))
                else:
                    found.setdefault(life, line.row)
        kept: dict[Life, int] = {}
        for life, row in found.items():
            if not any(other != life and _tells(other, life) for other in found):
                kept[life] = row
        return list(kept.items())

    def _told(self, line: Line) -> list[Life]:
        births = [self._year(line["born_year"]), self._day(line, "born")]
        deaths = [self._year(line["died_year"]), self._day(line, "died")]
        if deaths[0] == ".." and deaths[1]:
            self.notes.append(
                (line.row, "inconsistent-value",
                 f"The year of death is {_NOT_DEAD}, not dead, and the day {deaths[1]}; the day is "
                 "told.",
                 _NOT_DEAD)
            )  # fmt: skip
            deaths[0] = ""
        if deaths == ["..", ""] and line["exit"] in _DIED:
            self.notes.append(
                (line.row, "inconsistent-value",
                 f"The exit is “{line['exit']}”, the year of death {_NOT_DEAD}, not dead; both are "
                 "told.",
                 line["exit"])
            )  # fmt: skip
        lives = [(b, d) for b in _sharpest(births) for d in _sharpest(deaths)]
        if len(lives) > 1:
            self.notes.append(
                (line.row, "inconsistent-value",
                 "The year and the day of birth or death do not go together; both are told, as in "
                 "conflict.", " ".join(filter(None, (*births, *deaths))))
            )  # fmt: skip
        return lives

    def _year(self, printed: str) -> str:
        return ".." if printed == _NOT_DEAD else "" if printed in (_MISSING, "") else printed

    def _day(self, line: Line, column: str) -> str:
        printed = line[column]
        if printed in ("NA", ""):
            return ""
        if DAY.fullmatch(printed):
            with suppress(ValueError):
                return date.fromisoformat(printed).isoformat()
        self.notes.append(
            (line.row, "damaged-value", f"“{printed}” is no day; the year alone is told.", printed)
        )
        return ""


def _alike(one: Line, other: Line) -> bool:
    words = set(name_key(one["name"]).split()) & set(name_key(other["name"]).split())
    return bool(words) or one["born_year"] == other["born_year"]


def _sharpest(told: Iterable[str]) -> list[str]:
    """Of a year and a day the day, if it lies in the year; else both."""
    some = list(dict.fromkeys(one for one in told if one))
    return [a for a in some if not any(b != a and b.startswith(a) for b in some)] or [""]


def _tells(more: Life, less: Life) -> bool:
    """Whether one lifespan tells all that another one tells."""
    return all(b in ("", "..") or a.startswith(b) for a, b in zip(more, less, strict=True))


def _page(link: str) -> str | None:
    """The page of DBpedia behind an address, which a mail filter has wrapped in one of its own."""
    query = parse_qs(urlsplit(link).query).get("u", [""])[0]
    address = unquote(unquote(query.replace("-", "%").replace("_", "/"))) if query else link
    name = address.removeprefix(_RESOURCE)
    if name == address or not name or re.search(r'[<>"{}|\\^`\s]', name):
        return None
    return address

"""World questions about leaders, answered from the real file and worked out from it another way.

The answers beside each question are worked out with pandas from the raw table. Skipped where the
public datasets are not at hand (DIPLOGRAPH_DATA).
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diplograph import ask
from diplograph.asking.templates import read_templates
from diplograph.importers import dataset, import_dataset
from diplograph.resources import template_files
from diplograph.store import Graph, open_graph

_DATA = Path(
    os.environ.get("DIPLOGRAPH_DATA") or Path(__file__).parents[1].parent / "shared" / "data"
)
_FILE = _DATA / "archigos-4.1.dta"
pytestmark = [
    pytest.mark.skipif(
        not _FILE.is_file(), reason="the public datasets are not at hand (DIPLOGRAPH_DATA)"
    ),
    pytest.mark.xdist_group("leaders"),  # so that one process imports them
]
LEADERS = read_templates([path for path in template_files() if "leaders" in path.stem])
Frame = Any


@pytest.fixture(scope="module")
def rows() -> Frame:
    """The raw table, each term with its days as numbers."""
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnicodeWarning)
        frame = pd.read_stata(_FILE)
    for name in ("start", "end"):
        frame[name] = [pd.Timestamp(d).toordinal() for d in frame[f"{name}date"]]
    return frame


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, new_world: Callable[[Path], Path]) -> Graph:
    """The world graph with Archigos."""
    store = new_world(tmp_path_factory.mktemp("leaders") / "world")
    import_dataset(dataset("archigos"), [_FILE], store)
    return open_graph(store)


# --- the answers, from the raw table ---------------------------------------------------------------


def _in_office(rows: Frame, state: str, first: str, last: str) -> set[str]:
    own = rows[(rows.idacr == state) & (rows.startdate <= last) & (rows.enddate >= first)]
    return set(own.leader)


def _days(rows: Frame, state: str, name: str) -> int:
    own = rows[(rows.idacr == state) & (rows.leader == name)]
    return len({d for a, b in zip(own.start, own.end, strict=True) for d in range(a, b + 1)})


def _longest(rows: Frame, state: str) -> str:
    names = rows[rows.idacr == state].groupby("leadid").leader.first()
    return max(names, key=lambda name: _days(rows, state, name))


def _most_often(rows: Frame, state: str) -> str:
    return str(rows[rows.idacr == state].leader.value_counts().index[0])


def _next(rows: Frame, state: str, name: str) -> set[str]:
    own = rows[rows.idacr == state]
    until = own[own.leader == name].enddate.max()
    after = own[(own.startdate >= until) & (own.leader != name)]
    return set(after[after.startdate == after.startdate.min()].leader)


def _previous(rows: Frame, state: str, name: str) -> set[str]:
    own = rows[rows.idacr == state]
    since = own[own.leader == name].startdate.min()
    before = own[(own.enddate <= since) & (own.leader != name)]
    return set(before[before.enddate == before.enddate.max()].leader)


def _by(rows: Frame, state: str, column: str, *values: str) -> set[str]:
    return set(rows[(rows.idacr == state) & rows[column].isin(values)].leader)


# --- questions whose answer is who ----------------------------------------------------------------

_WHO: list[tuple[str, Callable[[Frame], set[str]]]] = [
    ("Who led Japan in July 2000?", lambda r: _in_office(r, "JPN", "2000-07-01", "2000-07-31")),
    ("Who led Japan in April 2000?", lambda r: _in_office(r, "JPN", "2000-04-01", "2000-04-30")),
    ("Who led Kenya in 1978?", lambda r: _in_office(r, "KEN", "1978-01-01", "1978-12-31")),
    ("Who led Germany in 1995?", lambda r: _in_office(r, "GFR", "1995-01-01", "1995-12-31")),
    ("Who led West Germany in 1985?", lambda r: _in_office(r, "GFR", "1985-01-01", "1985-12-31")),
    ("Who led Russia in 1995?", lambda r: _in_office(r, "RUS", "1995-01-01", "1995-12-31")),
    ("Who led the Soviet Union in 1991?",
     lambda r: _in_office(r, "RUS", "1991-01-01", "1991-12-25")),
    ("Who led Austria-Hungary in 1900?",
     lambda r: _in_office(r, "AUH", "1900-01-01", "1900-12-31")),
    ("Who led South Vietnam in 1963?", lambda r: _in_office(r, "RVN", "1963-01-01", "1963-12-31")),
    ("Who led North Yemen in 1977?", lambda r: _in_office(r, "YEM", "1977-01-01", "1977-12-31")),
    ("Who led Ethiopia between 1930 and 1936?",
     lambda r: _in_office(r, "ETH", "1930-01-01", "1936-12-31")),
    ("How many leaders did Bolivia have from 1978 to 1982?",
     lambda r: _in_office(r, "BOL", "1978-01-01", "1982-12-31")),
    ("Who led the parties when the Beijing Declaration was signed?",
     lambda r: _in_office(r, "CHN", "2000-07-17", "2000-07-18")
     | _in_office(r, "RUS", "2000-07-17", "2000-07-18")),
    ("Who came after Obuchi in Japan?", lambda r: _next(r, "JPN", "Obuchi")),
    ("Who followed Thatcher?", lambda r: _next(r, "UKG", "Thatcher")),
    ("Who preceded Thatcher as leader of the United Kingdom?",
     lambda r: _previous(r, "UKG", "Thatcher")),
    ("Which leaders of Bolivia were removed by the military?",
     lambda r: _by(r, "BOL", "exitcode", "Removed by Military, without Foreign Support",
                   "Removed by Military, with Foreign Support")),
    ("Which leaders of Chad were overthrown by rebels?",
     lambda r: _by(r, "CHA", "exitcode", "Removed by Rebels, without Foreign Support",
                   "Removed by Rebels, with Foreign Support")),
    ("Which leaders of the United States were assassinated?",
     lambda r: _by(r, "USA", "exitcode", "Assassination by Unsupported Individual")),
    ("Which leaders of the United States died in office?",
     lambda r: _by(r, "USA", "exit", "Natural Death")),
    ("Which leaders of Haiti went into exile?",
     lambda r: _by(r, "HAI", "posttenurefate", "Exile")),
    ("Which leaders of Iraq were killed?", lambda r: _by(r, "IRQ", "posttenurefate", "Death")),
]  # fmt: skip


@pytest.mark.parametrize(("question", "right"), _WHO, ids=[q for q, _ in _WHO])
def test_who(world: Graph, rows: Frame, question: str, right: Callable[[Frame], set[str]]) -> None:
    """The answers are all and only the leaders that the raw table gives."""
    asked = ask(question, graph=world)
    assert asked.understood is not None, asked.text
    names = {re.sub(r" \([^()]*\)$", "", answer.label) for answer in asked.answers}
    assert names == right(rows)


# --- questions whose answer is a length, a date or an account -------------------------------------------

_TEXTS: list[tuple[str, Callable[[Frame], str]]] = [
    ("How long did Moi lead Kenya?", lambda r: f"({_days(r, 'KEN', 'Moi'):,} days)"),
    ("How long was Thatcher in power?", lambda r: f"({_days(r, 'UKG', 'Thatcher'):,} days)"),
    ("How long did Peron rule Argentina?", lambda r: f"({_days(r, 'ARG', 'Peron'):,} days)"),
    ("How long was Yeltsin (Soviet Union, Russia, 1991–1999) in power?",
     lambda r: f"({_days(r, 'RUS', 'Yeltsin'):,} days)"),
    ("Who led Japan longest?", lambda r: f"{_longest(r, 'JPN')} ("),
    ("Who has been the longest-serving leader of Egypt?", lambda r: f"{_longest(r, 'EGY')} ("),
    ("Which leader of Italy was in power the longest?", lambda r: f"{_longest(r, 'ITA')} ("),
    ("Who led Ecuador most often?", lambda r: f"{_most_often(r, 'ECU')} ("),
    ("Who led Japan most often?", lambda r: f"{_most_often(r, 'JPN')} ("),
]  # fmt: skip


@pytest.mark.parametrize(("question", "right"), _TEXTS, ids=[q for q, _ in _TEXTS])
def test_how_long(world: Graph, rows: Frame, question: str, right: Callable[[Frame], str]) -> None:
    """What the raw table gives comes first in the answer."""
    asked = ask(question, graph=world)
    assert right(rows) in asked.text[:90], asked.text


@pytest.mark.parametrize(
    ("question", "state", "name", "column", "value", "words"),
    [
        ("How did Allende leave office?", "CHL", "Allende", "exitcode",
         "Removed by Military, without Foreign Support", "removed in an irregular manner by the military"),
        ("How did Pinochet come to power?", "CHL", "Pinochet", "entry", "Irregular",
         "came into office in an irregular manner"),
        ("Did Marcos go into exile?", "PHI", "Marcos", "posttenurefate", "Exile", "Yes."),
        ("Did Thatcher go into exile?", "UKG", "Thatcher", "posttenurefate", "OK", "No."),
        ("Was Moi the leader of Kenya in 1990?", "KEN", "Moi", "idacr", "KEN", "Yes."),
        ("When did Moi come to power?", "KEN", "Moi", "startdate", "1978-08-22", "22 August 1978"),
    ],
)  # fmt: skip
def test_account(
    world: Graph,
    rows: Frame,
    question: str,
    state: str,
    name: str,
    column: str,
    value: str,
    words: str,
) -> None:
    """What the column of the raw table says is what the answer says."""
    [told] = rows[(rows.idacr == state) & (rows.leader == name)][column]
    assert told == value
    assert words in ask(question, graph=world).text


def test_all_terms(world: Graph, rows: Frame) -> None:
    """Each term of the raw table is there with its dates, its entry and its exit, and no other."""
    found = world.select(
        """SELECT ?row (MIN(?begin) AS ?first) (MAX(?end) AS ?last) (SAMPLE(?how) AS ?left)
           WHERE { ?fact a dg:Tenure ; dg:evidence ?p ; dg:earliest ?begin . ?p dg:row ?row ;
                   oa:hasSource src:archigos OPTIONAL { ?fact dg:latest ?end }
                   OPTIONAL { ?fact dg:left ?how } } GROUP BY ?row ORDER BY ?row"""
    )
    told = [(int(r["row"]), str(r["first"])) for r in sorted(found, key=lambda r: int(r["row"]))]
    assert told == [(number, start) for number, start in enumerate(rows.startdate, 2)]
    closed = {
        int(r["row"]): str(r["last"]) for r in found if not r["left"].endswith("still-in-office")
    }
    right = {n: end for n, (end, out) in enumerate(zip(rows.enddate, rows.exit, strict=True), 2)
             if out != "Still in Office"}  # fmt: skip
    assert closed == right


@pytest.mark.parametrize(
    ("name", "question"),
    [(template.name, example) for template in LEADERS for example in template.examples],
)
def test_every_example_is_answered_by_its_template(world: Graph, name: str, question: str) -> None:
    """The examples of the questions about leaders lead to them and to an answer or its absence."""
    found = ask(question, graph=world)
    assert found.understood is not None, found.text
    assert found.understood.template == name, found.text
    assert found.answers or found.absence

"""Reconciling: doubtful names, the file of decisions, proposals, and judgements in the store."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph import describe, links, open_graph
from diplograph.errors import DecisionError, OptionError, StoreError
from diplograph.namespaces import expand
from diplograph.reconciling import (
    Decisions,
    Judgement,
    apply_judgements,
    decide,
    decisions_path,
    doubtful_names,
    judge,
    propose,
    read_decisions,
)
from diplograph.reconciling.comparing import Field, score_all
from diplograph_cli.app import cli

pytestmark = pytest.mark.xdist_group("reconcile")  # one process makes its store

YELTSIN = "Yeltsin (Russia, 1992–1999)"
_COLUMNS = (
    "obsid", "leadid", "ccode", "idacr", "leader", "startdate", "enddate", "entry", "exit",
    "exitcode", "posttenurefate", "yrborn", "yrdied", "borndate", "deathdate", "dbpediauri",
    "numentry", "numexit", "numexitcode", "numposttenurefate",
)  # fmt: skip
_REST = ("Regular", "Regular", "Regular", "OK", 1930, -777, "NA", "NA", "NA", 0, 1.0, 0, 0.0)
_ROWS = [
    ("RUS-1992", "a", 365, "RUS", "Yeltsin", "1992-01-01", "1999-12-31", *_REST),
    ("KEN-1992", "b", 501, "KEN", "Yeltsinov", "1992-01-01", "1993-12-31", *_REST),
    ("BRA-1880", "c", 140, "BRA", "Boris", "1880-01-01", "1881-12-31", *_REST),
    ("NAR-1950", "d", 998, "NAR", "Aslan", "1950-01-01", "1951-12-31", *_REST),
    ("NAR-1952", "e", 998, "NAR", "Tumnus", "1952-01-01", "1953-12-31", *_REST),
    ("ARC-1950", "f", 997, "ARC", "Swift", "1950-01-01", "1951-12-31", *_REST),
]


def run(*args: str):
    """Run ``diplograph reconcile`` in this process."""
    return CliRunner().invoke(cli, ["reconcile", *args])


def _table(folder: Path) -> Path:
    import pandas as pd

    path = folder / "leaders.dta"
    if not path.exists():
        pd.DataFrame(_ROWS, columns=list(_COLUMNS)).to_stata(path, write_index=False, version=118)
    return path


def _import(store: Path) -> None:
    result = CliRunner().invoke(
        cli, ["import", "archigos", str(_table(store.parent)), "--into", str(store)]
    )
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, new_world: Callable[[Path], Path]) -> Path:
    """A store with the shipped graph and a few made-up leaders, two numbers of whom lead nowhere."""
    store = new_world(tmp_path_factory.mktemp("reconcile") / "world")
    _import(store)
    return store


@pytest.fixture
def world(made: Path, tmp_path: Path) -> Path:
    """A copy of that store, to be changed."""
    import shutil

    shutil.copy(_table(made.parent), tmp_path / "leaders.dta")
    return Path(shutil.copytree(made, tmp_path / "world"))


def _state_of(store: Path, leader: str) -> str:
    [row] = open_graph(store).select(
        f"""SELECT ?state WHERE {{ ?f a dg:Tenure ; dg:agent/skos:altLabel "{leader}"@en ;
            dg:post/dg:postIn/skos:prefLabel ?state }}"""
    )
    return row["state"].removesuffix(" (as printed in archigos)")


# --- doubtful names -------------------------------------------------------------------------------


def test_doubtful_names(made: Path) -> None:
    """What could not be resolved is listed with its rows, the most rows first."""
    found = doubtful_names(made)
    assert [(d.dataset, d.printed, d.rows, d.first) for d in found] == [
        ("archigos", "998", 2, 5), ("archigos", "997", 1, 7),
    ]  # fmt: skip
    assert all(d.decided is None and not d.unsure and d.why for d in found)
    assert doubtful_names(made, "archigos") == found


def test_candidates_are_listed(tmp_path: Path) -> None:
    """A name that several can be meant by is listed with them."""
    from diplograph import dates
    from diplograph.importers.knowing import Known
    from diplograph.importers.telling import Told

    told = Told("demo")
    Known(told, {}).party("Germany", row=3, when=dates.parse("1970"))
    lines = told.take().triples.decode()
    for state in ("west-germany", "east-germany"):
        assert f"ns#candidate> <{expand('cty:' + state)}>" in lines


def test_a_decision_holds_from_the_next_import_on(world: Path) -> None:
    """What was decided is read so at the next import, and no more when it is undone."""
    doubt = decide(world, "archigos", "998", "Kenya")
    assert doubt.decided is not None
    assert doubt.decided.label == "Kenya"
    assert _state_of(world, "Aslan") == "NAR"
    _import(world)
    assert _state_of(world, "Aslan") == _state_of(world, "Tumnus") == "Kenya"
    assert _state_of(world, "Swift") == "ARC"
    again = {d.printed: d for d in doubtful_names(world)}
    assert again["998"].rows == 0
    decide(world, "archigos", "998", undo=True)
    _import(world)
    assert _state_of(world, "Aslan") == "NAR"


@pytest.mark.thorough
def test_a_line_that_is_removed_is_undone(world: Path) -> None:
    """A decision is a line of the file: without it the name is in doubt again."""
    decide(world, "archigos", "998", "Kenya")
    decide(world, "archigos", "997", "cty:japan")
    path = decisions_path(world)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert '"998" = "cty:kenya"' in lines
    path.write_text("\n".join(x for x in lines if "998" not in x), encoding="utf-8")
    _import(world)
    assert (_state_of(world, "Aslan"), _state_of(world, "Swift")) == ("NAR", "Japan")


def test_left_open(world: Path) -> None:
    """A name can be left open: it is not resolved, and shown as looked at."""
    assert decide(world, "archigos", "997").unsure
    _import(world)
    assert _state_of(world, "Swift") == "ARC"
    assert {d.printed: d.unsure for d in doubtful_names(world)} == {"998": False, "997": True}


def test_what_is_certain_is_not_decided_on() -> None:
    """A decision on a name holds only where the name is in doubt, not at the dates that tell."""
    from diplograph import dates
    from diplograph.importers.knowing import Known
    from diplograph.importers.telling import Told

    known = Known(Told("demo"), {("demo", "Germany"): expand("cty:west-germany")})
    found = [
        known.party("Germany", row=1, when=dates.parse(y)).label for y in ("1970", "1930", "2000")
    ]
    assert found == ["West Germany", "German Reich", "Germany"]
    assert known.how["decided"] == 1


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("archigos", "999", "Kenya"), "“999” is not in doubt in archigos; names like it"),
        (("archigos", "998", "Kenja"), None),
        (("archigos", "998", "Narnia"), "no country or organization or agent"),
        (("sipri", "998", "Kenya"), "holds no dataset “sipri”; it holds archigos"),
        (("archigos", "998"), "give one of ENTITY, --unsure and --undo"),
        (("archigos", "998", "Kenya", "--undo"), "give one of ENTITY, --unsure and --undo"),
        (("archigos", "998", "--undo"), "there is nothing to undo"),
        (("archigos", "998", "NAR (as printed in archigos)"), "is the name as archigos prints it"),
    ],
)
def test_bad_decisions(world: Path, args: tuple[str, ...], says: str | None) -> None:
    """What is wrong with a decision is one line, and nothing is written; a slip of a name is read."""
    result = run("decide", *args, "--into", str(world))
    if says is None:
        assert result.exit_code == 0
        assert "means Kenya" in result.output
        return
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert not decisions_path(world).exists()


# --- the file -------------------------------------------------------------------------------------


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Whatever the names, the file says what was decided, in the same bytes each time."""
    odd = 'A "b" \\ c\n= ] é\x7f'
    decisions = Decisions(
        {("demo", odd): expand("cty:kenya"), ("a.b", "x"): "unsure"},
        (Judgement(expand("trf:a"), "https://example.org/b", "different", (odd, "B")),),
    )
    path = tmp_path / "world.decisions.toml"
    decisions.write(path)
    first = path.read_bytes()
    assert read_decisions(path) == decisions
    read_decisions(path).write(path)
    assert path.read_bytes() == first
    Decisions().write(path)
    assert not path.exists()
    assert read_decisions(path) == Decisions()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("names = [", "cannot be read"),
        ("name = 1", "“name” is none of names and judgements"),
        ("names = 1", "names is no table"),
        ('names.demo = "x"', "names.demo is no table"),
        ('[names.demo]\n"x" = "Kenya"', "“Kenya” is neither “unsure” nor a name such as cty:kenya"),
        ("judgements = 1", "judgements is no list"),
        ("judgements = [1]", "judgement 1: is no table"),
        ('judgements = [{ one = "trf:a", other = "trf:a", is = "same" }]', "the same entry"),
        ('judgements = [{ one = "trf:a", other = "trf:b", is = "so" }]', "is none of same"),
        ('judgements = [{ one = "trf:a", is = "same" }]', "is no name such as"),
        (
            'judgements = [{ one = "trf:a", other = "trf:b", is = "same", names = [] }]',
            "are not two",
        ),
    ],
)
def test_broken_files(tmp_path: Path, text: str, says: str) -> None:
    """A file that cannot be read is refused in one line that names it and what is wrong."""
    path = tmp_path / "world.decisions.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DecisionError, match=re.escape(says)) as raised:
        read_decisions(path)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_import_does_not_begin_with_a_broken_file(world: Path) -> None:
    """A broken file stops an import before anything is changed."""
    decisions_path(world).write_text("names = [", encoding="utf-8")
    result = CliRunner().invoke(
        cli, ["import", "archigos", str(world.parent / "leaders.dta"), "--into", str(world)]
    )
    assert result.exit_code == 2
    assert "world.decisions.toml" in result.stderr


# --- proposals ------------------------------------------------------------------------------------


def test_people_are_proposed(made: Path) -> None:
    """Of the leaders one is proposed, with reasons: not those with only a word in common."""
    [found] = propose(open_graph(made), "people")
    assert (found.one.label, found.other.label) == ("Boris Yeltsin", YELTSIN)
    assert found.first
    assert found.score > 0.5
    assert {reason.field for reason in found.reasons} == {"name", "state", "time"}
    assert all(reason.words for reason in found.reasons)


def test_about_one_entry(made: Path) -> None:
    """All that an entry may be is shown when it is asked for, however unlikely."""
    graph = open_graph(made)
    found = propose(graph, "people", about=expand("per:boris-yeltsin"))
    labels = [p.other.label for p in found]
    assert labels[0] == YELTSIN
    assert "Boris (Brazil, 1880–1881)" in labels
    assert found[-1].score < 0.5
    assert not found[-1].first


TRANSFERS = """
ex:register a dg:Source ; dct:identifier "register" ; dct:title "A register"@en .
ex:alba a dg:Country ; skos:prefLabel "Alba"@en .
ex:borea a dg:Country ; skos:prefLabel "Borea"@en .
ex:old-borea a dg:Country ; skos:prefLabel "Old Borea"@en .
ex:after a dg:Succession ; dg:predecessor ex:old-borea ; dg:successor ex:borea ; dg:when "1990" ;
    dg:grade grade:inferred ; dg:statement "Borea took the place of Old Borea."@en .
"""


def _deal(name: str, weapon: str, supplier: str, year: str, number: int, delivered: str) -> str:
    slug = re.sub(r"\W", "-", weapon.lower())
    return f"""
ex:{slug} a dg:WeaponSystem ; skos:prefLabel "{weapon}"@en .
ex:{name} a dg:ArmsTransfer ; skos:prefLabel "{weapon} to Alba, order of {year} ({name})"@en .
ex:{name}-f a dg:TransferFact ; dg:of ex:{name} ; dg:supplier ex:{supplier} ; dg:recipient ex:alba ;
    dg:weapon ex:{slug} ; dg:when "{year}" ; dg:grade grade:inferred ; dg:statement "{name} f."@en .
ex:{name}-o a dg:StageFact ; dg:of ex:{name} ; dg:stage stage:ordered ; dg:when "{year}" ;
    dg:grade grade:inferred ; dg:statement "{name} o."@en .
ex:{name}-n a dg:Observation ; dg:of ex:{name} ; dg:measure measure:number-ordered ; dg:value {number} ;
    dg:grade grade:inferred ; dg:statement "{name} n."@en .
ex:{name}-d a dg:StageFact ; dg:of ex:{name} ; dg:stage stage:delivered ; dg:when "{delivered}" ;
    dg:grade grade:inferred ; dg:statement "{name} d."@en .
"""


@pytest.fixture
def deals(tmp_path: Path, write_graph):
    """A register of deals, and a chapter that tells of three of them in its own way."""
    register = [
        _deal("r1", "Zu-30MK", "borea", "1999", 38, "2000/2001"),
        _deal("r2", "Zu-30MK", "borea", "2001", 38, "2002/2003"),
        _deal("r3", "P-270 Mosquito", "old-borea", "1988", 50, "1989"),
        _deal("r4", "Project-636E", "borea", "1993", 2, "1995"),
        *(
            _deal(f"x{n}", f"Kx-{n}7{n}", "borea", str(1990 + n), 7 * n, str(1992 + n))
            for n in range(1, 14)
        ),
    ]
    chapter = [
        _deal("c1", "Zu-30MK/Flanger", "borea", "1999", 38, "2000/2001"),
        _deal("c2", "Mosquito", "borea", "1989", 48, "1989"),
        _deal("c3", "Type-636E", "borea", "1993", 2, "1995"),
        _deal("c4", "Nothing-1", "borea", "1999", 38, "2011"),
    ]
    one = write_graph(TRANSFERS + "".join(register), "register.ttl")
    two = write_graph("".join(chapter), "chapter.ttl")
    return open_graph(one, two)


def test_transfers_are_proposed(deals) -> None:
    """Rows find their deal by weapon, year, number, deliveries and supplier, in other spellings too."""
    found = propose(deals, "transfers", least=0.0)
    best = {p.one.id[-2:]: p.other.id[-2:] for p in reversed(found)}
    pairs = {frozenset(pair) for pair in best.items()}
    assert {frozenset(p) for p in (("c1", "r1"), ("c2", "r3"), ("c3", "r4"))} <= pairs
    sure = [{p.one.id[-2:], p.other.id[-2:]} for p in propose(deals, "transfers")]
    assert {"c1", "r1"} in sure
    assert not any("c4" in pair for pair in sure)


def test_far_apart_is_not_compared(deals) -> None:
    """Orders more than three years apart are not compared at all."""
    found = propose(deals, "transfers", least=0.0)
    assert not any({p.one.id[-2:], p.other.id[-2:]} == {"c1", "r3"} for p in found)


AGREEMENTS = """
ex:alba a dg:Country ; skos:prefLabel "Alba"@en . ex:borea a dg:Country ; skos:prefLabel "Borea"@en .
ex:cida a dg:Country ; skos:prefLabel "Cida"@en .
"""


def _agreement(name: str, title: str, parties: str, day: str) -> str:
    return f"""
ex:{name} a dg:Agreement ; skos:prefLabel "{title}"@en .
ex:{name}-p a dg:Participation ; dg:of ex:{name} ; dg:agent {parties} ; dg:grade grade:inferred ;
    dg:statement "{name} p."@en .
ex:{name}-s a dg:StageFact ; dg:of ex:{name} ; dg:stage stage:signed ; dg:when "{day}" ; dg:grade grade:inferred ;
    dg:statement "{name} s."@en .
"""


def test_agreements_are_proposed(write_graph) -> None:
    """Agreements that share parties and the year are compared by title, parties and day."""
    both, three = "ex:alba , ex:borea", "ex:alba , ex:borea , ex:cida"
    titles = (
        "Water",
        "Rail",
        "Trade in wool",
        "Border posts",
        "Fishing",
        "Postal",
        "Mining",
        "Visas",
    )
    one = [
        _agreement("a1", "Convention on the Protection of the River Lume", both, "1994-05-02")
    ] + [
        _agreement(f"b{n}", f"Agreement on {t}", both, f"199{3 + n % 3}-0{1 + n}-11")
        for n, t in enumerate(titles)
    ]
    two = [
        _agreement("c1", "River Lume Protection Convention", both, "1994-05-02"),
        _agreement("c2", "Treaty of Amity", three, "1994-07-07"),
        _agreement("c3", "Convention on Extradition", "ex:alba , ex:cida", "1994-05-02"),
    ]
    graph = open_graph(
        write_graph(AGREEMENTS + "".join(one), "one.ttl"), write_graph("".join(two), "two.ttl")
    )
    best = propose(graph, "agreements", least=0.0)[0]
    assert {best.one.id[-2:], best.other.id[-2:]} == {"a1", "c1"}
    assert best.score > 0.5
    assert not any(
        {"c3"} & {p.one.id[-2:], p.other.id[-2:]} for p in propose(graph, "agreements", least=0.0)
    )


def test_an_unknown_kind(made: Path) -> None:
    """Another kind is refused with those that there are."""
    with pytest.raises(OptionError, match="transfers, agreements, people, weapons"):
        propose(open_graph(made), "ships")


def test_scores_do_not_hang_on_the_order_of_pairs() -> None:
    """The same pairs in another order get the same scores; nothing to compare gives nothing."""
    fields = [Field("len", lambda a, b: (0 if len(a) == len(b) else 1, "length"), (0.9, 0.1))]
    pairs = [("a" * n, "b" * m) for n in range(1, 5) for m in range(1, 5)]
    one = {(s.one, s.other): s.probability for s in score_all(fields, pairs, 4)}
    two = {(s.one, s.other): s.probability for s in score_all(fields, pairs[::-1], 4)}
    assert one == pytest.approx(two)
    assert score_all(fields, [], 0) == []


# --- judgements -----------------------------------------------------------------------------------


def _judged(store: Path) -> list[dict[str, str]]:
    return open_graph(store).select(
        "SELECT ?a ?b WHERE { GRAPH src:judgements { ?a dg:mayBe ?b } } ORDER BY ?a"
    )


@pytest.mark.thorough
def test_a_judgement_is_shown_and_undone(world: Path) -> None:
    """Two that are judged the same stay two; answers say so; undone, nothing is left of it."""
    before = len(list(open_graph(world).store))
    judge(world, "Boris Yeltsin", YELTSIN, "same")
    graph = open_graph(world)
    assert f"may be the same as “{YELTSIN}”." in describe("Boris Yeltsin", graph=graph).notes
    assert "may be the same as “Boris Yeltsin”." in describe(YELTSIN, graph=graph).notes
    assert len(_judged(world)) == 2
    assert propose(graph, "people", read_decisions(decisions_path(world))) == ()
    again = propose(graph, "people", read_decisions(decisions_path(world)), judged=True)
    assert [p.verdict for p in again] == ["same"]
    judge(world, "Boris Yeltsin", YELTSIN, None, undo=True)
    assert describe("Boris Yeltsin", graph=open_graph(world)).notes == ()
    assert len(list(open_graph(world).store)) == before
    assert not decisions_path(world).exists()


def test_different_is_kept_and_not_proposed_again(world: Path) -> None:
    """Two that are judged different are not shown as perhaps the same, nor proposed again."""
    judge(world, "Boris Yeltsin", YELTSIN, "different")
    assert _judged(world) == []
    graph = open_graph(world)
    [row] = graph.select(
        "SELECT ?v WHERE { GRAPH src:judgements { ?j a dg:Judgement ; dg:verdict ?v } }"
    )
    assert row["v"] == expand("verdict:different")
    assert propose(graph, "people", read_decisions(decisions_path(world))) == ()


def test_a_new_judgement_takes_the_place_of_a_former_one(world: Path) -> None:
    """Two entries are judged once, in whatever order they are named."""
    judge(world, "Boris Yeltsin", YELTSIN, "same")
    judge(world, YELTSIN, "Boris Yeltsin", "unsure")
    [one] = read_decisions(decisions_path(world)).judgements
    assert one.verdict == "unsure"
    assert len(_judged(world)) == 2


def test_links_say_what_an_agreement_may_be(world: Path) -> None:
    """The view of an agreement tells of a judgement, and no more when it is undone."""
    one, other = "agr:beijing-declaration-2000", "agr:friendship-treaty-2001"

    def may_be() -> list[str]:
        found = links("China", "Russia", graph=open_graph(world)).answers
        return [e.label for x in found if x.id == expand(one) for e in x.may_be]

    before = may_be()
    judge(world, one, other, "same")
    assert may_be() == [*before, "Treaty of Good-Neighborliness and Friendly Cooperation"]
    judge(world, one, other, None, undo=True)
    assert may_be() == before


def test_judgements_outlive_an_import(world: Path) -> None:
    """A new import of the dataset keeps what was judged of its entries."""
    judge(world, "Boris Yeltsin", YELTSIN, "same")
    decide(world, "archigos", "998", "Kenya")
    _import(world)
    assert len(_judged(world)) == 2


def test_stale_judgements(world: Path) -> None:
    """A judgement on what is gone, or goes by another name now, is not applied, and is said so."""
    path = decisions_path(world)
    judge(world, "Boris Yeltsin", YELTSIN, "same")
    path.write_text(
        path.read_text(encoding="utf-8").replace(YELTSIN, "Yeltsin of old"), encoding="utf-8"
    )
    done = apply_judgements(world)
    assert (done.judgements, done.stale) == (0, ("Boris Yeltsin and Yeltsin of old",))
    assert _judged(world) == []
    result = run("apply", "--into", str(world))
    assert "not applied" in result.output


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("Boris Yeltsin", YELTSIN), "give one of same, different, unsure and --undo"),
        (("Boris Yeltsin", "per:boris-yeltsin", "same"), "are one entry"),
        (("Boris Yeltsin", YELTSIN, "--undo"), "nothing to undo"),
        (("Boris Yeltsin", "Nobody At All", "same"), "is called “Nobody At All”"),
        (("Boris Yeltsin", YELTSIN, "perhaps"), "perhaps"),
    ],
)
def test_bad_judgements(world: Path, args: tuple[str, ...], says: str) -> None:
    """What is wrong with a judgement is one line, and nothing is kept."""
    result = run("judge", *args, "--into", str(world))
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert not decisions_path(world).exists()


def test_no_store(tmp_path: Path) -> None:
    """Where there is no store that is said."""
    for args in (("names",), ("same",), ("apply",), ("judge", "a", "b", "same")):
        result = run(*args, "--into", str(tmp_path / "nowhere"))
        assert result.exit_code == 2
        assert "is no on-disk store" in result.stderr
    with pytest.raises(StoreError):
        doubtful_names(tmp_path / "nowhere")


# --- what the commands print --------------------------------------------------------------------------


def test_the_commands(world: Path) -> None:
    """Each command says what it found or did, and the same as JSON."""
    into = ("--into", str(world))
    assert "archigos: “998”, 2 rows" in run("names", *into).output
    told = json.loads(run("names", *into, "--json").output)
    assert told["doubts"][0]["printed"] == "998"
    assert "means Kenya" in run("decide", "archigos", "998", "Kenya", *into).output
    assert "decided: Kenya" in run("names", "archigos", *into).output
    assert "left open" in run("decide", "archigos", "997", "--unsure", *into).output
    assert "in doubt again" in run("decide", "archigos", "997", "--undo", *into).output
    shown = run("same", "--kind", "people", *into).output
    assert "Boris Yeltsin" in shown
    assert "both held posts in the same state" in " ".join(shown.split())
    told = json.loads(run("same", "--kind", "people", *into, "--json").output)
    assert told["proposals"][0]["one"]["label"] == "Boris Yeltsin"
    assert "judged same" in run("judge", "Boris Yeltsin", YELTSIN, "same", *into).output
    assert "1 judgement in" in run("apply", *into).output
    assert "nothing to propose" in run("same", "--kind", "people", *into).output
    assert "taken back" in run("judge", "Boris Yeltsin", YELTSIN, "--undo", *into).output

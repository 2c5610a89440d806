"""A table of one's own: what a mapping can say, what its rows tell, and what is said of mistakes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from diplograph import links, open_graph
from diplograph.disk import open_disk
from diplograph.errors import MappingError, TableError
from diplograph.importers import running
from diplograph.importers.knowing import Known
from diplograph.importers.mapping import import_table, read_mapping
from diplograph.importers.mapping.importing import table_dataset
from diplograph.importers.mapping.schema import ROWS, SECTIONS
from diplograph.importers.telling import Told
from diplograph.namespaces import DG, SOURCE, local_name
from diplograph_cli.app import cli

pytestmark = pytest.mark.xdist_group("import_table")  # one process makes its store

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "own-table"

HEAD = """
dataset:
  identifier: made-up
  title: A made-up table
  publisher: Nobody
  rights: none needed
  description: pacts of made-up years
  temporal: 1900/2010
  issued: 2010-06
  covers: [Kenya, Chad]
"""


@dataclass
class Result:
    """What a table told: facts by the row and the last part of their IRI, and the ledger."""

    told: Told
    known: Known
    rows: int
    quads: set[ox.Quad]

    def values(self, subject: str, name: str) -> list[str]:
        return sorted(
            q.object.value
            for q in self.quads
            if str(q.subject)[1:-1].endswith(subject) and q.predicate.value == DG + name
        )

    def facts(self, kind: str) -> dict[str, dict[str, list[str]]]:
        """The facts of a class: by their name, their values by property, IRIs by their last part."""
        found: dict[str, dict[str, set[str]]] = {}
        type_ = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        home = ox.NamedNode(SOURCE + "made-up")
        these = {
            q.subject for q in self.quads if q.predicate == type_ and q.object.value == DG + kind
        }
        for quad in self.quads:
            if quad.subject in these and quad.graph_name == home:
                name = local_name(quad.subject.value)
                value = quad.object.value
                shown = local_name(value) if isinstance(quad.object, ox.NamedNode) else value
                found.setdefault(name, {}).setdefault(local_name(quad.predicate.value), set()).add(
                    shown
                )
        return {n: {p: sorted(v) for p, v in own.items()} for n, own in sorted(found.items())}

    @property
    def ledger(self) -> list[tuple[int, str, str]]:
        """The row, the reason and the sentence of each entry."""
        entries = []
        for quad in self.quads:
            if quad.predicate.value == DG + "reason" and isinstance(quad.graph_name, ox.NamedNode):
                detail = next(
                    q.object.value for q in self.quads
                    if q.subject == quad.subject and q.predicate.value == DG + "detail"
                )  # fmt: skip
                row = int(local_name(quad.subject.value).split("-")[0])
                entries.append((row, local_name(quad.object.value), detail))
        return sorted(entries)


@pytest.fixture
def tell(tmp_path: Path) -> Callable[..., Result]:
    """Tell the rows of a made-up table by a mapping, without a store."""

    def run(
        rows: str, mapping: str, decisions: Mapping[tuple[str, str], str] | None = None
    ) -> Result:
        file, path = tmp_path / "made-up.csv", tmp_path / "made-up.yaml"
        file.write_text(rows.strip() + "\n", encoding="utf-8")
        path.write_text(HEAD + mapping, encoding="utf-8")
        dataset = table_dataset(file, path)
        parts = running._parts(dataset, [file], None)
        told = Told(dataset.name, dataset.issued)
        known = Known(told, decisions or {})
        count = sum(dataset.tell(parts, told, known))
        quads = set(told.take().quads())
        return Result(told, known, count, quads)

    return run


@pytest.fixture
def wrong(tmp_path: Path) -> Callable[..., str]:
    """What is said of a mapping that is wrong."""

    def run(
        mapping: str, rows: str = "pact,country,signed\nA,Kenya,1990\n", head: str = HEAD
    ) -> str:
        file, path = tmp_path / "t.csv", tmp_path / "m.yaml"
        file.write_text(rows, encoding="utf-8")
        path.write_text(head + mapping, encoding="utf-8")
        into = tmp_path / "world"
        done = CliRunner().invoke(
            cli, ["import", "table", str(file), "--mapping", str(path), "--into", str(into)]
        )
        assert done.exit_code == 2, done.output
        assert not into.exists()
        (line,) = done.stderr.strip().splitlines()
        return line.removeprefix(f"diplograph: {path}, ").removeprefix(f"diplograph: {path}: ")

    return run


# --- agreements ----------------------------------------------------------------------------------


def test_an_agreement_with_its_parties_in_several_columns(tell) -> None:
    """One participation with all parties, who are found by the earliest date of the row."""
    done = tell(
        """
pact,kind,a,b,c,signed,force
Pact of Alba,treaty,Russia,Kenya,,1970,1972
Note of Borea,MoU,France,,Spain,1990-05-17,
""",
        """
row: agreement
agreement: {label: $(pact), kind: {value: $(kind), map: {MoU: memorandum}}}
parties:
  - value: [$(a), $(b)]
  - columns: c
stages:
  - {stage: signed, when: $(signed)}
  - {stage: in-force, when: $(force)}
""",
    )
    assert (done.rows, done.told.refused, done.ledger) == (2, 0, [])
    one, other = done.facts("Participation").values()
    assert one["agent"] == ["kenya", "soviet-union"]
    assert one["printed"] == ["Russia"]
    assert one["statement"] == ["Soviet Union and Kenya are parties to “Pact of Alba”."]
    assert other["agent"] == ["france", "spain"]
    stages = done.facts("StageFact")
    assert {(f["stage"][0], f["when"][0]) for f in stages.values()} == {
        ("signed", "1970"), ("in-force", "1972"), ("signed", "1990-05-17"),
    }  # fmt: skip
    assert all("forParty" not in f for f in stages.values())
    assert (
        done.values("made-up-note-of-borea", "kind")
        == ["https://w3id.org/diplograph/concept/agreement-kind/memorandum"] * 2
    )


def test_a_list_in_a_cell(tell) -> None:
    """What parts it is given; blanks around names and a name twice do not matter."""
    done = tell(
        "pact;parties\nPact;Kenya / Uganda / Kenya/\n",
        """
table: {delimiter: ";"}
row: agreement
agreement: $(pact)
parties: {value: $(parties), separator: "/"}
""",
    )
    assert done.facts("Participation")["row-2-parties"]["agent"] == ["kenya", "uganda"]


def test_columns_from_one_to_another_by_code(tell) -> None:
    """A range of columns, and a mark for none."""
    done = tell(
        "pact,c1,c2,c3,year\nPact,404,800,NA,1990\nOld,810,NA,4,1970\n",
        """
table: {null: NA}
row: agreement
agreement: $(pact)
parties: {columns: c1..c3, by: iso-numeric}
stages: {stage: signed, when: $(year)}
""",
    )
    agents = [f["agent"] for f in done.facts("Participation").values()]
    assert agents == [["kenya", "uganda"], ["afghanistan", "soviet-union"]]


def test_heads_of_columns_that_are_parties_with_marks(tell) -> None:
    """A wide table: yes and no are given, anything else is in the ledger."""
    done = tell(
        "pact,Kenya,Uganda,Chad\nPact,x,,o\nNext,x,?,x\n",
        """
row: agreement
agreement: $(pact)
parties: {headers: Kenya..Chad, yes: x, no: o}
""",
    )
    agents = [f["agent"] for f in done.facts("Participation").values()]
    assert agents == [["kenya"], ["chad", "kenya"]]
    assert [(row, reason) for row, reason, _ in done.ledger] == [(3, "damaged-value")]


def test_heads_of_columns_that_are_parties_with_dates(tell) -> None:
    """A wide table of dates: each party has its own participation and its own stage."""
    done = tell(
        "pact,KEN,RUS,CHL\nPact,17.5.1990,3.1.1985,\nNext,,soon,-\n",
        """
table: {null: "-"}
row: agreement
agreement: $(pact)
parties: {headers: [KEN, RUS, CHL], by: iso3, stage: ratified, format: d.M.yyyy}
""",
    )
    stages = {f["forParty"][0]: f["when"][0] for f in done.facts("StageFact").values()}
    assert stages == {"kenya": "1990-05-17", "soviet-union": "1985-01-03"}
    assert len(done.facts("Participation")) == 2
    assert [(row, reason) for row, reason, _ in done.ledger] == [
        (3, "damaged-row"), (3, "damaged-value"),
    ]  # fmt: skip


def test_a_participation_with_dates_of_its_own(tell) -> None:
    """Each stage is of the state that the name meant on its date; those of all are told once."""
    done = tell(
        """
no,pact,country,adopted,signed,ratified
1,Pact,Russia,1985,1985-06-01,1993-02
1,Pact,Kenya,1985,1985-06-01,
2,Next,Germany,1985,1985,
""",
        """
row: participation
agreement: {id: $(no), label: $(pact)}
parties: $(country)
stages:
  - {stage: agreed, for: agreement, when: $(adopted)}
  - {stage: signed, when: $(signed)}
  - {stage: ratified, when: $(ratified)}
""",
    )
    stages = {
        (f["stage"][0], f.get("forParty", ["-"])[0], f["when"][0])
        for f in done.facts("StageFact").values()
    }
    assert stages == {
        ("agreed", "-", "1985"),
        ("signed", "soviet-union", "1985-06-01"), ("ratified", "russia", "1993-02"),
        ("signed", "kenya", "1985-06-01"), ("signed", "made-up-germany", "1985"),
    }  # fmt: skip
    assert len([n for n, f in done.facts("StageFact").items() if f["stage"] == ["agreed"]]) == 2
    parties = [(f["of"][0], f["agent"][0]) for f in done.facts("Participation").values()]
    assert sorted(parties) == [
        ("made-up-1", "kenya"), ("made-up-1", "russia"), ("made-up-1", "soviet-union"),
        ("made-up-2", "made-up-germany"),
    ]  # fmt: skip
    assert done.ledger[0][:2] == (4, "unresolved-party")
    assert "East Germany, West Germany" in done.ledger[0][2]


def test_the_user_decides_who_is_meant(tell) -> None:
    """A decision for the dataset and the printed name goes before the crosswalk."""
    west = "https://w3id.org/diplograph/id/country/west-germany"
    done = tell(
        "pact,country,signed\nPact,Germany,1985\n",
        "\nrow: participation\nagreement: $(pact)\nparties: $(country)\nstages: {stage: signed, when: $(signed)}\n",
        {("made-up", "Germany"): west},
    )
    assert done.facts("Participation")["row-2-party"]["agent"] == ["west-germany"]
    assert done.ledger == []


def test_stages_from_a_column_of_words(tell) -> None:
    """What is printed becomes a stage by name, by label or by the map; ~ tells nothing."""
    done = tell(
        """
pact,status,when
A,Signed,1990
B,in force,1991
C,initialed,1992
D,draft,1993
E,lost,1994
""",
        """
row: stage
agreement: $(pact)
stages:
  - stage: {value: $(status), map: {initialed: initialled, draft: ~}}
    when: $(when)
""",
    )
    assert [f["stage"][0] for f in done.facts("StageFact").values()] == [
        "signed", "in-force", "initialled",
    ]  # fmt: skip
    refused = [(row, reason) for row, reason, _ in done.ledger]
    assert refused == [(5, "damaged-row"), (6, "damaged-row"), (6, "damaged-value")]
    assert done.told.refused == 2


def test_two_agreements_never_share_an_iri_by_their_spelling(tell) -> None:
    """“A-B” and “A B” are two; the same text is always one."""
    done = tell(
        "pact,c\nA-B,Kenya\nA B,Chad\nA-B,Chad\n***,Chad\n",
        "\nrow: agreement\nagreement: $(pact)\nparties: $(c)\n",
    )
    of = [f["of"][0] for f in done.facts("Participation").values()]
    assert of == ["made-up-a-b", "made-up-a-b-2", "made-up-a-b", "made-up-unnamed"]


def test_another_name_and_another_kind_of_the_same_agreement(tell) -> None:
    """The other name is kept as one; the other kind is in the ledger."""
    done = tell(
        "no,pact,kind,c\n1,Pact,treaty,Kenya\n1,The Old Pact,protocol,Chad\n",
        "\nrow: participation\nagreement: {id: $(no), label: $(pact), kind: $(kind)}\nparties: $(c)\n",
    )
    names = {q.object.value for q in done.quads if q.predicate.value.endswith("core#altLabel")}
    keys = {q.object.value for q in done.quads if q.predicate.value == DG + "key"}
    assert names == {"The Old Pact"}
    assert {"pact", "old pact"} <= keys
    assert [entry[:2] for entry in done.ledger] == [(3, "damaged-value")]


# --- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "when", "read"),
    [
        ("1990", "$(d)", "1990"),
        ("1990-05", "$(d)", "1990-05"),
        ("1990-05-17", "$(d)", "1990-05-17"),
        ("1990-05-00", "$(d)", "1990-05"),
        ("1990-00-00", "$(d)", "1990"),
        ("1990~", "$(d)", "1990~"),
        ("199X", "$(d)", "199X"),
        ("1990/1992", "$(d)", "1990/1992"),
        ("17/05/1990", "{value: $(d), format: dd/MM/yyyy}", "1990-05-17"),
        ("05/17/1990", "{value: $(d), format: MM/dd/yyyy}", "1990-05-17"),
        ("7/5/1990", "{value: $(d), format: d/M/yyyy}", "1990-05-07"),
        ("7/5/1990", "{value: $(d), format: M/d/yyyy}", "1990-07-05"),
        ("19900517", "{value: $(d), format: yyyyMMdd}", "1990-05-17"),
        ("17 May 1990", "{value: $(d), format: d MMMM yyyy}", "1990-05-17"),
        ("17-may-1990", "{value: $(d), format: d-MMM-yyyy}", "1990-05-17"),
        ("Sept. 1990", "{value: $(d), format: [MMMM yyyy, MMM. yyyy]}", None),
        ("Sep. 1990", "{value: $(d), format: MMM. yyyy}", "1990-09"),
        ("5.1990", "{value: $(d), format: [dd.MM.yyyy, M.yyyy]}", "1990-05"),
        ("9999", "{value: $(d), null: 9999}", None),
        ("31.06.1989", "{value: $(d), format: dd.MM.yyyy}", None),
        ("2010-07", "$(d)", None),
        ("5/6/1990", "$(d)", None),
        ("90", "$(d)", None),
    ],
)  # fmt: skip
def test_dates_are_read_by_their_format(tell, printed: str, when: str, read: str | None) -> None:
    """A date is no more precise than it is printed; what is none is not told, but in the ledger."""
    done = tell(
        f'pact,c,d\nPact,Kenya,"{printed}"\n',
        f"\nrow: agreement\nagreement: $(pact)\nparties: $(c)\nstages: {{stage: signed, when: {when}}}\n",
    )
    stages = [f["when"][0] for f in done.facts("StageFact").values()]
    assert stages == ([read] if read else [])
    entries = [] if read or printed == "9999" else [(2, "damaged-value")]
    assert [entry[:2] for entry in done.ledger] == entries


def test_year_month_and_day_in_columns_of_their_own(tell) -> None:
    """A nought or an empty cell is a part that is not known; a mark makes it uncertain."""
    done = tell(
        "pact,y,m,d,q\nA,1990,5,17,\nB,1990,0,0,?\nC,1990,,,\nD,1990,13,1,\nE,,5,1,\nF,1990,5,,e\n",
        """
row: stage
agreement: $(pact)
stages:
  - stage: signed
    when: {year: $(y), month: $(m), day: $(d), mark: $(q), marks: {"?": "?", e: "~"}}
""",
    )
    assert [f["when"][0] for f in done.facts("StageFact").values()] == [
        "1990-05-17", "1990?", "1990", "1990-05~",
    ]  # fmt: skip
    assert [entry[:2] for entry in done.ledger] == [
        (5, "damaged-row"), (5, "damaged-value"), (6, "damaged-row"),
    ]  # fmt: skip


# --- the other rows ------------------------------------------------------------------------------


def test_a_membership_with_its_period(tell) -> None:
    """An empty end is not known, one that is said to go on is open, a period turned round is cut."""
    done = tell(
        """
org,state,role,joined,left
League,Kenya,,1990,1995-06
League,Chad,observer,1990,present
League,Uganda,,1990,
League,Togo,,1995,1990
League,,,1995,1990
European Union,France,,1993-11-01,present
""",
        """
row: membership
organization: {label: $(org), kind: international}
parties: $(state)
role: {value: $(role), default: member}
when: {from: $(joined), to: $(left), ongoing: present}
""",
    )
    told = {
        f["agent"][0]: (f["when"][0], f["role"][0], f["within"][0])
        for f in done.facts("Membership").values()
    }
    assert told == {
        "kenya": ("1990/1995-06", "member", "made-up-league"),
        "chad": ("1990/..", "observer", "made-up-league"),
        "uganda": ("1990/", "member", "made-up-league"),
        "togo": ("1995/", "member", "made-up-league"),
        "france": ("1993-11-01/..", "member", told["france"][2]),
    }
    assert not told["france"][2].startswith("made-up")
    assert [entry[:2] for entry in done.ledger] == [(5, "damaged-value"), (6, "damaged-row")]


def test_a_tenure(tell) -> None:
    """A person, an office of the state of that time, a period."""
    done = tell(
        "code,who,in,out\n365,Ivanov,1975-01-01,1980\n365,Ivanov,1992,1993\n",
        """
row: tenure
person: {label: $(who), class: Leader}
post: {label: head of state, in: {value: $(code), by: cow}}
when: {from: $(in), to: $(out)}
""",
    )
    told = [(f["post"][0], f["when"][0], f["agent"][0]) for f in done.facts("Tenure").values()]
    assert told == [
        ("made-up-head-of-state-of-soviet-union", "1975-01-01/1980", "made-up-ivanov"),
        ("made-up-head-of-state-of-russia", "1992/1993", "made-up-ivanov"),
    ]
    assert [local_name(v) for v in done.values("head-of-state-of-russia", "postIn")] == [
        "russia"
    ] * 2


def test_a_transfer_with_stages_and_figures(tell) -> None:
    """Who supplies what to whom, ordered and delivered, and how many, as printed."""
    done = tell(
        """
from,to,what,desc,ordered,est,number,delivered
Soviet Union,India,T-72,tank,1978,?,~500,1979/1982
France,India,Mirage,,1982,,"40-49",
France,India,Exocet,missile,1982,,unknown,1984
France,,Exocet,missile,1982,,,1984
""",
        """
row: transfer
supplier: $(from)
recipient: $(to)
weapon: {label: $(what), kind: {value: $(desc), default: unspecified}, describedAs: $(desc)}
stages:
  - {stage: ordered, when: {value: $(ordered), mark: $(est)}, grade: {value: $(est), map: {"?": estimated}, default: stated}}
  - {stage: delivered, when: $(delivered)}
figures: {value: $(number), measure: number-ordered, unit: item, unknown: unknown}
""",
    )
    deals = done.facts("TransferFact")
    assert [(f["supplier"], f["recipient"]) for f in deals.values()] == [
        (["soviet-union"], ["india"]), (["france"], ["india"]), (["france"], ["india"]),
    ]  # fmt: skip
    assert deals["row-2-transfer"]["describedAs"] == ["tank"]
    stages = done.facts("StageFact")
    assert (stages["row-2-ordered"]["when"], stages["row-2-ordered"]["grade"]) == (
        ["1978?"],
        ["estimated"],
    )
    assert stages["row-2-delivered"]["grade"] == ["stated"]
    figures = done.facts("Observation")
    assert figures["row-2-number-ordered"]["value"] == ["500"]
    assert figures["row-2-number-ordered"]["approximate"] == ["true"]
    assert figures["row-2-number-ordered"]["printed"] == ["~500"]
    assert (
        figures["row-3-number-ordered"]["minimum"],
        figures["row-3-number-ordered"]["maximum"],
    ) == (["40"], ["49"])
    assert figures["row-4-number-ordered"]["unknown"] == ["true"]
    assert [entry[:2] for entry in done.ledger] == [(5, "damaged-row")]


def test_figures_of_a_flow_between_two(tell) -> None:
    """Area and counterpart by code, the unit and a scale, thousands parted."""
    done = tell(
        'rep;par;year;imp\nKEN;UGA;1999;"1.234,5"\nKEN;UGA;2000;<3\nKEN;UGA;2001;12,3,4\nKEN;;2001;1\n',
        """
table: {delimiter: ";"}
row: figure
area: {value: $(rep), by: iso3}
counterpart: {value: $(par), by: iso3}
when: $(year)
figures:
  - {value: $(imp), measure: imports, unit: us-dollar, scale: 1000000, decimalChar: ",", groupChar: "."}
""",
    )
    told = done.facts("Observation")
    assert told["row-2-imports"]["value"] == ["1234500000"]
    assert told["row-2-imports"]["when"] == ["1999"]
    assert (told["row-2-imports"]["area"], told["row-2-imports"]["counterpart"]) == (
        ["kenya"],
        ["uganda"],
    )
    assert told["row-3-imports"]["maximum"] == ["3000000"]
    assert [entry[:2] for entry in done.ledger] == [
        (4, "damaged-row"), (4, "damaged-value"), (5, "damaged-row"),
    ]  # fmt: skip


def test_companies_and_people_as_parties(tell) -> None:
    """Parties that are no states are taken as they are, and not looked up."""
    done = tell(
        "pact,firm\nDeal,Kenya Oil; Chad\n",
        """
row: agreement
agreement: {label: $(pact), kind: contract}
parties: {value: $(firm), separator: ";", class: Organization, kind: company}
""",
    )
    assert done.facts("Participation")["row-2-parties"]["agent"] == [
        "made-up-chad",
        "made-up-kenya-oil",
    ]
    assert done.known.how == {"own": 2}


def test_every_row_is_told_or_refused_with_its_value(tell) -> None:
    """Ragged rows, repeated rows and rows that say nothing are in the ledger, each with its row."""
    done = tell(
        "pact,c\nA,Kenya\nB\nA,Kenya\n,Chad\nC,\nD,Chad,more\n",
        "\nrow: agreement\nagreement: $(pact)\nparties: $(c)\n",
    )
    assert (done.rows, done.told.facts, done.told.refused) == (6, 1, 5)
    assert [entry[:2] for entry in done.ledger] == [
        (3, "damaged-row"), (4, "repeated-row"), (5, "damaged-row"), (6, "damaged-row"),
        (7, "damaged-row"),
    ]  # fmt: skip


# --- mistakes in a mapping -----------------------------------------------------------------------

BODY = "row: participation\nagreement: $(pact)\nparties: $(country)\n"


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("row: party\n", "line 11: row: “party” is not what a row is; it is one of agreement, participation, "
         "stage, membership, tenure, transfer, figure."),
        ("agreement: $(pact)\n", "line 2: “row” is missing: what one row tells of."),
        ("row: agreement\n", "line 2: a row that is a agreement needs “agreement”."),
        (BODY + "weapon: $(x)\n", "line 14: weapon: a row that is a participation has no “weapon”; it has "
         "agreement, parties, stages, figures."),
        (BODY + "stage: signed\n", "line 14: there is no key “stage”; did you mean “stages”?"),
        (BODY + "stages: {stage: signd, when: $(signed)}\n",
         "line 14: stages.stage: “signd” is no stage; did you mean “signed”?"),
        ("row: participation\nagreement: {label: $(pact), kind: pakt}\nparties: $(country)\n",
         "line 12: agreement.kind: “pakt” is no kind; there are action-plan, agreed-minute, agreement, amendment, "
         "annex, arrangement, communique, contract, declaration, domestic-measure, exchange-of-notes, joint-body …."),
        (BODY + "stages: {stage: signed, when: $(sined)}\n",
         "line 14: {file} has no column “sined”; did you mean “signed”?"),
        (BODY + "stages: {stage: signed, when: {value: $(signed), format: dd.MM.yy}}\n",
         "line 14: stages.when.format: “dd.MM.yy” is no format of dates: the century of yy is not known; write edtf, "
         "or a pattern such as dd.MM.yyyy, M/d/yyyy, d MMMM yyyy or yyyyMMdd."),
        (BODY + "stages: {stage: signed, when: {year: $(signed), value: $(signed)}}\n",
         "line 14: stages.when: a date is given by “value”, by “year”, or by “from” and “to”."),
        (BODY + "grade: sure\n", "line 14: grade: “sure” is no grade; there are denied, estimated, inferred, "
         "reported, rumoured, stated."),
        (BODY + "parties: $(pact)\n", "line 14: “parties” is given twice."),
        ("row: participation\nagreement: $(pact)\nparties: {value: $(country), by: iso4}\n",
         "line 13: parties.by: “iso4” is not a scheme; it is one of name, iso2, iso3, iso-numeric, cow, cow-abb, gw."),
        ("row: participation\nagreement: $(pact)\nparties: {value: $(country), headers: [signed]}\n",
         "line 13: parties: one of “value”, “columns” and “headers” says where the parties are."),
        ("row: participation\nagreement: $(pact)\nparties: {headers: [signed]}\n",
         "line 13: parties: with “headers” either “yes” says what is printed for a party, or “stage” of which stage "
         "the cells give the date."),
        ("row: participation\nagreement: $(pact)\nparties: {columns: [country..pact]}\n",
         "line 13: “country..pact” are no columns of {file}, from one to a later one."),
        ("row: participation\nagreement: $(pact\nparties: $(country)\n",
         "line 12: agreement: “$(pact” has a $( without its end; write \\( for a bracket in a column's name."),
        ("row: participation\nagreement: [$(pact)]\nparties: $(country)\n",
         "line 12: agreement: here should stand keys with a colon and a value each."),
        ("row: participation\nagreement: {id: $(pact)}\nparties: $(country)\n",
         "line 12: agreement: “label” is missing: the name of the agreement."),
        ("row: participation\nagreement:\nparties: $(country)\n",
         "line 12: agreement: here should stand a column, as in $(name), or text."),
        (BODY + "figures: {value: $(signed), measure: imports}\n",
         "line 14: figures: “unit” is missing: what one of the value is."),
        (BODY + "table: {encoding: utf-9}\n",
         "line 14: table.encoding: “utf-9” is no text encoding; write utf-8, say."),
        (BODY + "table: {delimiter: \"::\"}\n", "line 14: table.delimiter: “::” is not one letter."),
        (BODY + "table: {header: first}\n", "line 14: table.header: “first” is no number from 1 on."),
        ("row: [\n", "line 12: is no YAML: expected the node content, but found '<stream end>'."),
    ],
)  # fmt: skip
def test_a_mistake_in_a_mapping_is_one_line(wrong, tmp_path: Path, mapping: str, said: str) -> None:
    """File, line and key, what is wrong and what would be right; nothing is written."""
    assert wrong(mapping) == said.replace("{file}", str(tmp_path / "t.csv"))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("identifier", "Made up", "line 3: dataset.identifier: “Made up” is no identifier; write small letters, digits and hyphens."),
        ("identifier", "yubin-2000", "line 3: dataset.identifier: “yubin-2000” is a source of diplograph's own; choose another identifier."),
        ("identifier", "sipri", "line 3: dataset.identifier: “sipri” is a source of diplograph's own; choose another identifier."),
        ("temporal", "the fifties", "line 8: dataset.temporal: “the fifties” is not a date that can be read; write it as 2000, "
         "2000-07, 2000-07-18, 2000-07-18/2000-07-19, 1998~, 2001?, 199X, 2000-22 (summer) or ../2004."),
        ("issued", "2010~", "line 9: dataset.issued: “2010~” is no year, month or day; write it as 2000-07-18 or less."),
    ],
)  # fmt: skip
def test_a_mistake_in_what_the_dataset_is(wrong, key: str, value: str, said: str) -> None:
    """The same for the entry of the dataset itself."""
    head = re.sub(rf"  {key}: .*", f"  {key}: {value}", HEAD)
    assert wrong(BODY, head=head) == said


def test_an_address_and_an_issue_are_checked(wrong) -> None:
    """An IRI that cannot be one, an issue that is none."""
    assert "is no address" in wrong(BODY, head=HEAD + "  homepage: example.org\n")
    assert "is no issue" in wrong(BODY, head=HEAD + "  issues: [fishing]\n")


def test_a_column_that_stands_twice_cannot_be_meant(wrong, tmp_path: Path) -> None:
    """Which of the two would be a guess."""
    rows = "pact,country,country\nA,Kenya,Chad\n"
    assert (
        wrong(BODY, rows)
        == f"line 13: {tmp_path / 't.csv'} has several columns “country”; rename all but one."
    )


def test_files_that_are_not_there(tmp_path: Path) -> None:
    """A mapping or a table that does not exist, and an empty mapping."""
    table, mapping = tmp_path / "t.csv", tmp_path / "m.yaml"
    with pytest.raises(MappingError, match=r"m.yaml: cannot be read: No such file"):
        import_table(table, mapping, tmp_path / "w")
    mapping.write_text("", encoding="utf-8")
    with pytest.raises(
        MappingError, match="is empty; diplograph import table FILE --suggest drafts"
    ):
        read_mapping(mapping)
    mapping.write_text(HEAD + BODY, encoding="utf-8")
    with pytest.raises(TableError, match="there is no such file"):
        import_table(table, mapping, tmp_path / "w")
    table.write_text("", encoding="utf-8")
    with pytest.raises(TableError, match="is empty"):
        import_table(table, mapping, tmp_path / "w")


def test_yaml_makes_nothing_of_words_and_numbers(tell) -> None:
    """“no”, “1990-05” and “0x1” are what they are."""
    done = tell(
        "pact,no,d\nA,Norway,1990-05\n",
        "\nrow: agreement\nagreement: $(pact)\nparties: {value: $(no), null: [no, 0x1]}\nstages: {stage: signed, when: 1990-05}\n",
    )
    assert done.facts("StageFact")["row-2-signed"]["when"] == ["1990-05"]


def test_the_header_is_found_below_other_lines(tell) -> None:
    """The first row that has all columns, or the one that is named."""
    rows = "A title,,\n,,\npact,c,\nA,Kenya,\n"
    mapping = "\nrow: agreement\nagreement: $(pact)\nparties: $(c)\n"
    assert tell(rows, mapping).told.facts == 1
    assert tell(rows, "\ntable: {header: 3}" + mapping).told.facts == 1
    with pytest.raises(MappingError, match="no column “pact”"):
        tell(rows, "\ntable: {header: 1}" + mapping)


# --- into a store --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, new_world: Callable[[Path], Path]) -> Path:
    """A store with the example's table."""
    place = new_world(tmp_path_factory.mktemp("own") / "world")
    import_table(EXAMPLE / "pacts.csv", EXAMPLE / "pacts.yaml", place)
    return place


def test_questions_are_answered_from_the_table(world: Path) -> None:
    """links, the ledger and the dataset's entry know what the table says."""
    answer = links("Norway", "Iceland", graph=open_graph(world))
    found = {link.label: link.stage for link in answer.answers}
    assert found == {"Convention on the Fisheries of the Northern Banks": "in force"}
    assert answer.answers[0].evidence[0].source == "northern-pacts"
    graph = open_graph(world)
    row = graph.select(
        "SELECT * { src:northern-pacts dct:title ?title ; dct:rights ?terms ; dg:edition ?edition ; dg:digest ?digest ; dg:coverage/dg:when ?when }"
    )[0]
    assert (row["title"], row["edition"], row["when"]) == (
        "Pacts of the Northern Seas",
        "1",
        "1950/2005",
    )
    assert row["digest"].startswith("sha256:")


@pytest.mark.thorough
def test_an_imported_table_conforms(world: Path) -> None:
    """No shape is violated by what a mapping tells."""
    from diplograph.validate import validate

    own = [v for v in validate(world) if "northern-pacts" in v.node]
    # The terms of a table are words: a warning.
    assert [v.rule for v in own] == ["Source-license"]


@pytest.mark.thorough
def test_a_changed_mapping_is_another_import(world: Path, tmp_path: Path) -> None:
    """The same file with another mapping replaces what the former one told; the same changes nothing."""
    place = tmp_path / "world"
    shutil.copytree(world, place)
    assert not import_table(EXAMPLE / "pacts.csv", EXAMPLE / "pacts.yaml", place).changed
    mapping = tmp_path / "pacts.yaml"
    text = (EXAMPLE / "pacts.yaml").read_text(encoding="utf-8")
    mapping.write_text(text.replace("stage: ratified", "stage: agreed"), encoding="utf-8")
    assert import_table(EXAMPLE / "pacts.csv", mapping, place).changed
    stages = {local_name(q.object.value) for q in open_disk(place)
              if q.predicate.value == DG + "stage" and q.graph_name == ox.NamedNode(SOURCE + "northern-pacts")}  # fmt: skip
    assert stages == {"signed", "agreed", "in-force"}


def test_a_row_is_shown_from_the_readers_copy(tmp_path: Path) -> None:
    """Also where delimiter, encoding or sheet had to be named."""
    import openpyxl

    from diplograph.copies import Copies

    book = openpyxl.Workbook()
    book.active["A1"] = "nothing here"
    sheet = book.create_sheet("Pacts")
    for row in (("pact", "c"), ("Pact", "Kenya")):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    (tmp_path / "u.csv").write_bytes("pact|c\nPakt über\u0160|Kenya\n".encode("cp1250"))
    body = "row: agreement\nagreement: $(pact)\nparties: $(c)\n"
    (tmp_path / "t.yaml").write_text(HEAD + "table: {sheet: Pacts}\n" + body, encoding="utf-8")
    other = HEAD.replace("made-up", "other") + "table: {encoding: cp1250, delimiter: '|'}\n" + body
    (tmp_path / "u.yaml").write_text(other, encoding="utf-8")
    world = tmp_path / "world"
    ox.Store(str(world)).add(
        ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.NamedNode("x:c"), ox.NamedNode("x:g"))
    )
    import_table(tmp_path / "t.xlsx", tmp_path / "t.yaml", world)
    import_table(tmp_path / "u.csv", tmp_path / "u.yaml", world)
    copies = Copies.find(open_graph(world), tmp_path)
    assert copies.row("made-up", 2) == "pact: Pact; c: Kenya"
    assert copies.row("other", 2) == "pact: Pakt überŠ; c: Kenya"


def test_the_command_tells_what_was_done(world: Path, tmp_path: Path) -> None:
    """Counts in words and as JSON; a wrong call is one line."""
    place = tmp_path / "world"
    shutil.copytree(world, place)
    words = [
        "import",
        "table",
        str(EXAMPLE / "pacts.csv"),
        "--mapping",
        str(EXAMPLE / "pacts.yaml"),
        "--into",
        str(place),
    ]
    assert (
        CliRunner().invoke(cli, words).output
        == f"{place} holds just this of northern-pacts already; nothing was changed\n"
    )
    done = CliRunner().invoke(cli, [*words, "--edition", "2", "--json"])
    told = json.loads(done.output)
    assert (told["rows"], told["facts"], told["refused"], told["changed"]) == (13, 37, 1, True)
    for extra, said in (
        (["--suggest"], "--mapping goes without --suggest."),
        (["--sheet", "x"], "--sheet goes with --suggest; write it into the mapping."),
    ):
        wrong = CliRunner().invoke(cli, [*words, *extra])
        assert wrong.exit_code == 2
        assert said in wrong.stderr
    assert "give --mapping and --into, or --suggest." in CliRunner().invoke(cli, words[:3]).stderr


# --- what is declared ----------------------------------------------------------------------------


def _maker():
    import importlib.util

    spec = importlib.util.spec_from_file_location("make_mapping", ROOT / "docs" / "make_mapping.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_docs_show_what_is_allowed() -> None:
    """The page's list is that of the declared keys: python docs/make_mapping.py writes it."""
    maker = _maker()
    page = maker.PAGE.read_text(encoding="utf-8")
    assert page == maker.page()
    assert all(f"| `{name}` | {row.what} |" in page for name, row in ROWS.items())


@pytest.mark.thorough
def test_what_the_docs_say_is_so(tmp_path: Path, monkeypatch) -> None:
    """The walk-through's table, draft, output and message are real, and so are the README's."""
    for name in ("pacts.csv", "pacts.yaml"):
        shutil.copy(EXAMPLE / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```console\n(.*?)```", readme, re.S)
    for command, expected in re.findall(r"^\$ diplograph (.+)\n((?:(?!\$ ).*\n)*)", block, re.M):
        done = CliRunner().invoke(cli, command.split())
        assert done.exit_code == 0, done.output
        assert done.stdout == expected, command
    page = (ROOT / "docs" / "datasets" / "your-own-table.md").read_text(encoding="utf-8")
    rows = (EXAMPLE / "pacts.csv").read_text(encoding="utf-8").splitlines()
    table, told, ledger, message = re.findall(r"```text\n(.*?)```", page, re.S)
    assert set(table.splitlines()) <= set(rows)
    assert told in readme
    assert ledger in readme
    text = (EXAMPLE / "pacts.yaml").read_text(encoding="utf-8")
    Path("pacts.yaml").write_text(text.replace("ratified", "ratifed"), encoding="utf-8")
    wrong = CliRunner().invoke(
        cli, ["import", "table", "pacts.csv", "--mapping", "pacts.yaml", "--into", "other"]
    )
    assert (wrong.exit_code, wrong.stderr) == (2, message)
    (drafted,) = re.findall(r"```yaml\n(.*?)```", page, re.S)
    draft = CliRunner().invoke(cli, ["import", "table", "pacts.csv", "--suggest"]).output
    for line in drafted.splitlines():
        assert line.split("…")[0] in draft, line


def test_every_declared_key_is_read() -> None:
    """No key is declared that the reader does not know."""
    folder = ROOT / "graph" / "diplograph" / "importers" / "mapping"
    text = "".join(
        (folder / f"{name}.py").read_text(encoding="utf-8") for name in ("reading", "singles")
    )
    assert [key for keys in SECTIONS.values() for key in keys if f'"{key}"' not in text] == []

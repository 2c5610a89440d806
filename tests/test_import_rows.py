"""Rows of a table that tell of something else, and how table and mapping are read."""

from __future__ import annotations

import pytest

from diplograph.errors import MappingError
from diplograph.namespaces import local_name

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


# --- table and mapping ---------------------------------------------------------------------------


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

"""Rows of a table that tell of agreements: parties, stages, and dates by their format."""

from __future__ import annotations

import pytest

from diplograph.namespaces import DG

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

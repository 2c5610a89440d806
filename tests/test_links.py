"""Which agreements link X and Y: ways, stages, dates, grades, and reasons when there are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph import links, open_graph
from diplograph.errors import DateError, OptionError
from diplograph_cli.app import cli


def _labels(found) -> list[str]:
    return [link.label for link in found]


def test_every_way_of_linking(made_up: Path) -> None:
    """Direct, organization, affiliate and predecessor are told apart, nearest first."""
    graph = open_graph(made_up)
    answer = links("Alba", "Borea", graph=graph, predecessors=True)
    ways = [(link.label, link.connection, [v.label for v in link.via]) for link in answer.answers]
    assert ways == [
        ("Pact", "direct", []),
        ("Open plan", "direct", []),
        ("Statement of the League", "organization", ["League"]),
        ("Gas deal", "affiliate", ["Alba Oil", "Borea Gas"]),
        ("Old Pact", "predecessor", ["Old Borea"]),
    ]
    through = links("Alba", "Cana", graph=graph)
    assert [(link.label, link.connection) for link in through.answers] == [
        ("Understanding within the League", "direct"),
        ("League and Cana", "organization"),
    ]


def test_membership_counts_only_in_its_time(made_up: Path) -> None:
    """An agreement of an organization that was concluded after the membership ended is no link."""
    assert "Late League deal" not in _labels(
        links("Alba", "Cana", graph=open_graph(made_up)).answers
    )


def test_predecessors_are_announced_not_included(made_up: Path) -> None:
    """Without being asked for, agreements of predecessors are only counted in a note."""
    answer = links("Alba", "Borea", graph=open_graph(made_up))
    assert "Old Pact" not in _labels(answer.answers)
    assert [e.label for e in answer.predecessors] == ["Old Borea"]
    assert answer.notes == (
        "1 more agreement is reached through predecessors (Old Borea); ask with --predecessors.",
    )


def test_shared_membership_is_no_agreement(made_up: Path) -> None:
    """Two members are not linked by being members, nor by what the organization agrees with others."""
    labels = _labels(links("Alba", "Borea", graph=open_graph(made_up)).answers)
    assert "League and Cana" not in labels
    assert "Statement of the League" in labels


def test_a_member_that_is_not_named_is_no_party(made_up: Path) -> None:
    """Where states are named as parties, other members of the organization are not linked by it."""
    graph = open_graph(made_up)
    assert "Understanding within the League" in _labels(links("Alba", "Cana", graph=graph).answers)
    assert "Understanding within the League" not in _labels(
        links("Borea", "Cana", graph=graph).answers
    )
    five = _labels(links("Uzbekistan", "Tajikistan", as_of="1999").answers)
    assert not any("three evils" in label for label in five)


def test_what_has_no_beginning_is_not_assumed_before_its_parties(made_up: Path) -> None:
    """“By 2008” is possible once both parties existed, and not in the time of a predecessor."""
    graph = open_graph(made_up)

    def holds(as_of: str) -> list[str]:
        answer = links("Alba", "Borea", graph=graph, as_of=as_of)
        return [link.holds for link in answer.answers if link.label == "Open plan"]

    assert holds("1980") == []
    assert holds("1995") == ["possibly"]
    assert holds("2009") == ["definitely"]
    assert links("China", "Russia", as_of="1980").answers == ()


def test_a_certain_stage_comes_before_a_possible_one() -> None:
    """As of the day before the drafting is told, the treaty is proposed, not perhaps drafted."""
    answer = links("China", "Russia", as_of="2000-07-25")
    [treaty] = [x for x in answer.pending if "Friendly Cooperation" in x.label]
    assert (treaty.stage, treaty.holds) == ("proposed", "definitely")


def test_a_conflated_party_is_found_as_possible(made_up: Path) -> None:
    """Either company that one printed name stands for is possibly the party."""
    graph = open_graph(made_up)
    [deal] = links("Alba Steel", "Borea Gas", graph=graph).answers
    assert (deal.label, deal.holds) == ("Steel deal", "possibly")
    assert [v.label for v in deal.via] == ["Alba Steel and Coal (as printed)"]
    assert "Gas supply memorandum of 2006" in _labels(links("CNPC", "Gazprom").answers)


def test_a_party_is_not_linked_with_itself(shipped) -> None:
    """Two names of one party are refused."""
    with pytest.raises(OptionError, match="both names lead to China"):
        links("China", "PRC")


def test_coverage_reaches_to_predecessors() -> None:
    """A pair that the source covers through predecessors is a gap in the record, not outside it."""
    absence = links("Tsarist Russia", "Soviet Union").absence
    assert absence is not None
    assert absence.reason.value == "no-record"


def test_rumours_stay_pending_until_asked_for(made_up: Path) -> None:
    """A rumour is never among the answers unless all is asked for, and then it is labelled."""
    graph = open_graph(made_up)
    default = links("Alba", "Borea", graph=graph)
    assert [(p.label, p.grade) for p in default.pending] == [("Secret clause", "rumoured")]
    assert default.pending[0].reason == "rumoured to be signed; no source states it"
    assert "Secret clause" in _labels(
        links("Alba", "Borea", graph=graph, include="pending").pending
    )
    everything = links("Alba", "Borea", graph=graph, include="any")
    assert [a.grade for a in everything.answers if a.label == "Secret clause"] == ["rumoured"]


@pytest.mark.parametrize(
    ("as_of", "where", "stage", "holds"),
    [
        ("1998", None, None, None),
        ("2000", "pending", "proposed", "definitely"),
        ("2001-05-15", "answers", "signed", "possibly"),
        ("2001-07", "answers", "signed", "definitely"),
    ],
)
def test_the_stage_is_that_of_the_date(
    made_up: Path, as_of: str, where: str | None, stage: str | None, holds: str | None
) -> None:
    """As of a date an agreement is what it was by then, and unknown before its first stage."""
    answer = links("Alba", "Borea", graph=open_graph(made_up), as_of=as_of)
    found = [
        (w, x.stage, x.holds)
        for w in ("answers", "pending")
        for x in getattr(answer, w)
        if x.label == "Pact"
    ]
    assert found == ([(where, stage, holds)] if where else [])


def test_conflicts_are_shown_with_the_agreement(made_up: Path) -> None:
    """Two dates for one signature: both stay, and the record says that they differ."""
    [pact] = [
        x for x in links("Alba", "Borea", graph=open_graph(made_up)).answers if x.label == "Pact"
    ]
    assert [c.detail for c in pact.conflicts] == ["May against June."]
    assert [(s.stage, s.grade) for s in pact.stages] == [
        ("proposed", "stated"), ("signed", "stated"), ("signed", "reported"),
    ]  # fmt: skip
    assert pact.when is not None
    assert pact.when.edtf == "2001-05"


def test_absences(made_up: Path) -> None:
    """No answer has its reason: denied, no record, outside coverage."""
    graph = open_graph(made_up)
    denied = links("Borea", "Cana", graph=graph, as_of="1995").absence
    assert denied is not None
    assert (denied.reason.value, denied.evidence[0].start) == ("denied", 11)
    outside = links("Old Borea", "Cana", graph=graph).absence
    assert outside is not None
    assert outside.reason.value == "outside-coverage"
    nothing = links("Alba", "Borea", graph=graph, as_of="1985").absence
    assert nothing is not None
    assert nothing.reason.value == "no-record"


def test_a_wrong_date_is_refused(shipped) -> None:
    """A date that cannot be read stops the question."""
    with pytest.raises(DateError):
        links("China", "Russia", as_of="yesterday")


# --- the shipped graph: hard cases ---------------------------------------------------------------


def _one(answer, where: str, part: str):
    [found] = [link for link in getattr(answer, where) if part in link.label]
    return found


def test_friendship_treaty_is_proposed_in_one_source_and_signed_in_the_other(shipped) -> None:
    """One agreement, stages of two sources, and the status of the date asked for."""
    now = _one(links("China", "Russia"), "answers", "Friendly Cooperation")
    assert (now.stage, now.when.edtf) == ("signed", "2001-07")
    assert {s.source for s in now.stages} == {"yubin-2000", "mitchell-2007"}
    then = _one(links("China", "Russia", as_of="2000-09"), "pending", "Friendly Cooperation")
    assert then.stage == "under negotiation"
    assert {s.source for s in then.stages} == {"yubin-2000"}
    assert {e.source for e in then.evidence} == {"yubin-2000"}


def test_kovykta_is_initialled_only(shipped) -> None:
    """An initialled agreement is pending, between all three states."""
    found = _one(links("South Korea", "Russia"), "pending", "Kovykta")
    assert (found.stage, found.reason) == ("initialled", "only initialled")


def test_reported_accord_is_pending_with_its_reason(shipped) -> None:
    """A signature that is only reported does not count as concluded."""
    found = _one(links("China", "Russia"), "pending", "Su-27")
    assert (found.stage, found.grade) == ("signed", "reported")
    assert found.reason == "reported to be signed; no source states it"
    assert found.conflicts


def test_company_agreements_stand_apart(shipped) -> None:
    """What companies sign is shown as affiliate, through the companies."""
    found = _one(links("China", "Russia"), "answers", "Gas supply memorandum")
    assert found.connection == "affiliate"
    assert {v.label for v in found.via} == {
        "Gazprom",
        "China Natural Petroleum Corporation (as printed)",
    }


def test_denied_peace_treaty(shipped) -> None:
    """That Russia and Japan have no peace treaty is an answer, with its passage."""
    absence = links("Russia", "Japan").absence
    assert absence is not None
    assert absence.reason.value == "denied"
    assert absence.evidence[0].where == "footnote 10"


def test_what_is_denied_on_one_matter_only(shipped) -> None:
    """An agreement denied on one pipeline or island is told, and is not why there is none at all."""
    told = [denial.detail for denial in links("China", "Russia", as_of="2000-07-22").denials]
    assert any("Tarabarov" in detail for detail in told)
    assert not any("exercise" in detail for detail in told), "no event is an agreement"
    before = links("China", "Russia", as_of="1985")
    assert [denial.reason.value for denial in before.denials] == ["denied"]
    assert before.absence is not None
    assert before.absence.reason.value == "no-record"
    printed = CliRunner().invoke(cli, ["links", "China", "Russia", "--as-of", "1985"]).stdout
    assert "denied: " in printed
    assert "no-record: " in printed


def test_a_membership_denied(shipped) -> None:
    """That a state does not belong to an organization is an answer from either side."""
    for pair in (("China", "CSTO"), ("CSTO", "China")):
        absence = links(*pair, as_of="2007").absence
        assert absence is not None
        assert absence.reason.value == "denied"
        assert "does not belong" in absence.detail


def test_soviet_agreements_are_only_announced(shipped) -> None:
    """China and Russia do not silently include the Soviet Union or Qing China."""
    answer = links("China", "Russia")
    assert all(link.connection != "predecessor" for link in (*answer.answers, *answer.pending))
    assert {e.label for e in answer.predecessors} >= {"Soviet Union", "Qing China"}
    more = links("China", "Russia", predecessors=True)
    assert any("Nerchinsk" in link.label for link in more.answers)

"""The competency questions: each gives its expected rows, in one short query."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from diplograph.errors import OptionError
from diplograph.namespaces import DG, INDEX_GRAPH
from diplograph.questions import CompetencyQuestion, competency_questions, find_question
from diplograph.store import LocalGraph
from diplograph_cli.app import cli

QUESTIONS = competency_questions()
WITHOUT_ORDER = "SELECT ?fact ?when { ?fact dg:when ?when }"
THEMES = {
    "agreements", "offices and organizations", "arms", "figures", "events", "claims and stances",
    "places and projects", "sources and disagreement",
}  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_expected_rows(shipped, question: CompetencyQuestion) -> None:
    """The shipped graph gives exactly the rows that the question expects, in their order."""
    assert question.rows(shipped) == question.expected


@pytest.fixture(scope="module")
def reversed_graph(shipped) -> LocalGraph:
    """The shipped graph, but for the words of its facts, filled into memory the other way round."""
    store, quads, index = ox.Store(), [], ox.NamedNode(INDEX_GRAPH)
    for home in (ox.DefaultGraph(), *shipped.store.named_graphs()):
        for name in ("key", "record", "view") if home == index else (None,):
            predicate = name and ox.NamedNode(DG + name)
            quads += shipped.store.quads_for_pattern(None, predicate, None, home)
    store.extend(sorted(quads, key=str, reverse=True))
    made = LocalGraph(store, ("reversed",))
    assert made.select(WITHOUT_ORDER) != shipped.select(WITHOUT_ORDER)
    return made


@pytest.mark.xdist_group("reversed")  # one process fills it
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_the_order_of_rows_is_the_questions_own(
    reversed_graph, question: CompetencyQuestion
) -> None:
    """The rows come in the same order from a store that holds the graph in another order."""
    assert question.rows(reversed_graph) == question.expected


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_questions_are_explained_and_short(question: CompetencyQuestion) -> None:
    """A question says what and why, expects rows, and needs at most eight lines of SPARQL."""
    assert question.theme in THEMES
    assert question.question.endswith("?")
    assert len(question.why) > 20
    assert question.expected
    assert len(question.sparql.strip().splitlines()) <= 8


def test_the_hard_cases_are_all_asked() -> None:
    """The cases that the model was made for stay asked for."""
    assert {q.name for q in QUESTIONS} >= {
        "friendship-treaty-stages", "friendship-treaty-as-of", "kovykta-initialled", "su-27-accord-reported",
        "sipri-iiss-rows", "beijing-summit-dates", "fleet-rumour-tellers", "shanghai-names", "uzbekistan-joins",
        "complementary-agreement", "trade-2006-by-source", "conflated-company", "su-30-numbers", "no-peace-treaty",
    }  # fmt: skip


def test_there_are_at_least_eighty() -> None:
    """What an analyst asks is asked in breadth: eighty questions or more, of every theme."""
    assert len(QUESTIONS) >= 80
    assert {q.theme for q in QUESTIONS} == THEMES
    assert len({q.question for q in QUESTIONS}) == len(QUESTIONS)


def test_the_command_lists_and_runs_them() -> None:
    """The command lists every question by name and theme, and runs one with its rows."""
    listed = CliRunner().invoke(cli, ["questions"])
    assert all(question.name in listed.stdout for question in QUESTIONS)
    run = CliRunner().invoke(cli, ["questions", "conflated-company"])
    assert run.exit_code == 0
    assert "CNPC" in run.stdout
    record = json.loads(
        CliRunner().invoke(cli, ["questions", "conflated-company", "--json"]).stdout
    )
    assert tuple(map(tuple, record["rows"])) == find_question("conflated-company").expected
    query = CliRunner().invoke(cli, ["questions", "conflated-company", "--sparql"]).stdout
    assert query.strip() == find_question("conflated-company").sparql.strip()
    assert json.loads(CliRunner().invoke(cli, ["questions", "--json"]).stdout)["questions"]


def test_a_misspelt_question() -> None:
    """A name that is none is refused in one line with the nearest ones."""
    with pytest.raises(OptionError, match="did you mean “conflated-company”"):
        find_question("conflated-compny")
    result = CliRunner().invoke(cli, ["questions", "conflated-compny"])
    assert (result.exit_code, len(result.stderr.strip().splitlines())) == (2, 1)
    assert CliRunner().invoke(cli, ["questions", "--sparql"]).exit_code == 2

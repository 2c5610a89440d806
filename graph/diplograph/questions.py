"""Competency questions: what the graph must be able to answer, with the rows it must give.

Each is a SPARQL file in ``ontology/diplograph_ontology/questions/`` whose header comments say its
theme, the question, why an analyst asks it, and the expected rows, one a line, cells parted by
``|``.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from diplograph import resources
from diplograph.errors import OptionError
from diplograph.model import Record
from diplograph.store import Graph

__all__ = ["CompetencyQuestion", "QuestionAnswer", "competency_questions", "find_question"]


@dataclass(frozen=True)
class CompetencyQuestion(Record):
    """A question in words, its theme, why it is asked, its SPARQL, and the rows it must give."""

    name: str
    theme: str
    question: str
    why: str
    expected: tuple[tuple[str, ...], ...]
    sparql: str

    def answer(self, graph: Graph) -> QuestionAnswer:
        """What ``graph`` answers."""
        solutions = graph.query(self.sparql)
        assert isinstance(solutions, ox.QuerySolutions)
        variables = solutions.variables
        rows = tuple(tuple(_text(row[variable]) for variable in variables) for row in solutions)
        columns = tuple(variable.value for variable in variables)
        return QuestionAnswer(
            self.name, self.theme, self.question, self.why, columns, rows, self.sparql
        )

    def rows(self, graph: Graph) -> tuple[tuple[str, ...], ...]:
        """The rows that ``graph`` gives, in order, as text; an unbound cell is empty."""
        return self.answer(graph).rows


@dataclass(frozen=True)
class QuestionAnswer(Record):
    """A competency question with the rows that a graph gives: text, an unbound cell empty."""

    name: str
    theme: str
    question: str
    why: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sparql: str


def competency_questions() -> tuple[CompetencyQuestion, ...]:
    """All competency questions, in order of their names.

    >>> from diplograph.store import open_graph
    >>> [q] = [q for q in competency_questions() if q.name == "conflated-company"]
    >>> [company for _, company in q.rows(open_graph())]
    ['CNPC', 'Sinopec']
    """
    found = []
    for path in resources.question_files():
        fields, sparql = resources.headed_query(path)
        found.append(
            CompetencyQuestion(
                name=path.stem,
                theme=" ".join(fields.get("theme", ())),
                question=" ".join(fields.get("question", ())),
                why=" ".join(fields.get("why", ())),
                expected=tuple(
                    tuple(cell.strip() for cell in row.split("|"))
                    for row in fields.get("expect", ())
                ),
                sparql=sparql,
            )
        )
    return tuple(found)


def find_question(name: str) -> CompetencyQuestion:
    """The competency question of that name.

    Raises :class:`~diplograph.errors.OptionError` with the nearest names where there is none.

    >>> find_question("conflated-compny")
    Traceback (most recent call last):
    diplograph.errors.OptionError: there is no question “conflated-compny”; did you mean ...
    """
    known = {question.name: question for question in competency_questions()}
    name = name.strip().lower()
    if name not in known:
        import difflib

        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
        hint = " or ".join(f"“{other}”" for other in near)
        raise OptionError(
            f"there is no question “{name}”"
            + (f"; did you mean {hint}?" if near else "; diplograph questions lists them all.")
        )
    return known[name]


def _text(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))

"""Competency questions: what the graph must be able to answer, with the rows it must give.

Each is a SPARQL file in ``ontology/diplograph_ontology/questions/`` whose header comments say the
question, why an analyst asks it, and the expected rows, one a line, cells parted by ``|``.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from diplograph import resources
from diplograph.store import Graph

__all__ = ["CompetencyQuestion", "competency_questions"]


@dataclass(frozen=True)
class CompetencyQuestion:
    """A question in words, why it is asked, its SPARQL, and the rows that it must give."""

    name: str
    question: str
    why: str
    expected: tuple[tuple[str, ...], ...]
    sparql: str

    def rows(self, graph: Graph) -> tuple[tuple[str, ...], ...]:
        """The rows that ``graph`` gives, in order, as text; an unbound cell is empty."""
        solutions = graph.query(self.sparql)
        assert isinstance(solutions, ox.QuerySolutions)
        return tuple(
            tuple(_text(row[variable]) for variable in solutions.variables) for row in solutions
        )


def competency_questions() -> tuple[CompetencyQuestion, ...]:
    """All competency questions, in order of their names.

    >>> from diplograph.store import open_graph
    >>> [q] = [q for q in competency_questions() if q.name == "conflated-company"]
    >>> [company for _, company in q.rows(open_graph())]
    ['CNPC', 'Sinopec']
    """
    found = []
    for path in resources.question_files():
        lines = path.read_text(encoding="utf-8").splitlines()
        header = [line[1:].strip() for line in lines if line.startswith("#")]
        fields = [line.partition(": ")[::2] for line in header]
        found.append(
            CompetencyQuestion(
                name=path.stem,
                question=" ".join(value for key, value in fields if key == "question"),
                why=" ".join(value for key, value in fields if key == "why"),
                expected=tuple(
                    tuple(cell.strip() for cell in value.split("|"))
                    for key, value in fields
                    if key == "expect"
                ),
                sparql="\n".join(line for line in lines if not line.startswith("#")) + "\n",
            )
        )
    return tuple(found)


def _text(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))

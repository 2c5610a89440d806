"""Reconciling: doubtful names of datasets, and the same thing told of by two sources.

What the user decides stands in one file beside the store, ``world.decisions.toml`` for ``world``:
whom a printed name means, which is applied at every import, and whether two entries are the same
thing, which is kept in the store as a judgement (:mod:`diplograph.reconciling.decisions`,
:mod:`diplograph.reconciling.keeping`). Nothing is merged, and a line that is removed is undone.
Proposals of what may be the same come with a score and its reasons
(:mod:`diplograph.reconciling.proposing`).
"""

from __future__ import annotations

from diplograph.reconciling.decisions import (
    VERDICTS,
    Decisions,
    Judgement,
    decisions_path,
    read_decisions,
)
from diplograph.reconciling.doubtful import Doubt, decide, doubtful_names
from diplograph.reconciling.keeping import Applied, apply_judgements, judge
from diplograph.reconciling.proposing import KINDS, Proposal, propose

__all__ = [
    "KINDS",
    "VERDICTS",
    "Applied",
    "Decisions",
    "Doubt",
    "Judgement",
    "Proposal",
    "apply_judgements",
    "decide",
    "decisions_path",
    "doubtful_names",
    "judge",
    "propose",
    "read_decisions",
]

"""Whether a thing reached the stage that a question asks about."""

from __future__ import annotations

from diplograph.asking.outcome import Outcome
from diplograph.model import ASSERTED

__all__ = ["reached"]

_CONCLUDING = frozenset({"agreed", "concluded", "signed"})
"""Stages of which each tells that something was concluded, and another may come without it."""


def reached(outcome: Outcome) -> str | None:
    """``definitely``, ``possibly`` or ``no``; None where the sources leave it open.

    A rumour or a report reaches nothing. What is told to be agreed or in force may have been
    signed: that it was not is a no only where nothing concluded is told of it.
    """
    asked = outcome.reading.filled("stage")
    labels = {concept.label for concept in asked.concepts} if asked else set()
    concluded = outcome.extra.get("concluded", frozenset())
    told = [f for f in outcome.facts if f.grade in ASSERTED]
    found = [f for f in told if f.stage in labels or ("concluded" in labels and f.id in concluded)]
    if found:
        return "definitely" if any(f.holds != "possibly" for f in found) else "possibly"
    open_still = labels & _CONCLUDING and any(f.id in concluded for f in told)
    return None if open_still else "no"

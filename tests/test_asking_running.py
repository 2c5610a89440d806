"""What the calls of templates are answered by."""

from __future__ import annotations

import pytest

from diplograph.asking.running import CALLED, called
from diplograph.asking.templates import CALLS


def test_every_call_is_answered_by_something() -> None:
    assert set(CALLED) == set(CALLS)


@pytest.mark.parametrize("where", CALLED.values())
def test_what_answers_a_call_is_there(where: str) -> None:
    assert callable(called(where))

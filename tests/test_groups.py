"""The tests that share a store or a page are run by one process, where several share the tests."""

from __future__ import annotations

import pytest


@pytest.mark.xdist_group("grouped")
def test_groups_are_kept_together(request: pytest.FixtureRequest) -> None:
    """With a pytest that it does not know pytest-xdist passes over all groups, in silence."""
    if request.config.getoption("loadgroup", default=False):
        assert request.node.nodeid.endswith("@grouped")

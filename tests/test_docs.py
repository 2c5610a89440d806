"""The docs are executed: commands and Python in the README, and the reference of the commands."""

from __future__ import annotations

import doctest
import importlib.util
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph_cli.app import COMMANDS, cli

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CONSOLE = [
    (page.name, command, expected)
    for page in PAGES
    for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    for command, expected in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.M)
]


@pytest.mark.parametrize(("page", "command", "expected"), CONSOLE, ids=lambda v: str(v)[:40])
def test_commands_in_the_docs_print_what_the_docs_say(
    page: str, command: str, expected: str
) -> None:
    """Each command shown runs and prints the lines shown; “...” stands for anything."""
    words = shlex.split(command)
    assert words[0] == "diplograph", page
    result = CliRunner().invoke(cli, words[1:])
    assert result.exit_code == 0, result.output
    pattern = re.escape(expected.strip()).replace(r"\.\.\.", ".*?")
    assert re.search(pattern, result.stdout, re.S), result.stdout


def test_the_readme_shows_commands() -> None:
    """There is something to run in the README."""
    assert len([1 for page, _, _ in CONSOLE if page == "README.md"]) >= 3


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_python_in_the_docs_runs(page: Path) -> None:
    """Each Python example in a page gives what it says."""
    failures, _ = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert failures == 0


def test_the_reference_is_current() -> None:
    """docs/commands.md is what docs/make_commands.py writes."""
    spec = importlib.util.spec_from_file_location(
        "make_commands", ROOT / "docs" / "make_commands.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == module.page(), "run: python docs/make_commands.py"


def test_every_command_is_in_the_readme() -> None:
    """No command is missing from the README's table."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`{name}" not in readme] == []


def test_links_between_pages_lead_somewhere() -> None:
    """Every relative link in a page names a file that exists."""
    for page in (*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "examples" / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)

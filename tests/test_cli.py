"""The command line: every command's help and examples, its output, its exit codes, and bad input."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from diplograph_cli.app import COMMANDS, cli


def run(*args: str, **kwargs):
    """Run the command line in this process."""
    return CliRunner().invoke(cli, list(args), **kwargs)


def _leaves(
    command: click.Command, path: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        found = []
        for name in command.list_commands(ctx):
            sub = command.get_command(ctx, name)
            assert sub is not None
            found += _leaves(sub, (*path, name))
        return found
    return [(path, command)]


LEAVES = _leaves(cli)


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[" ".join(p) for p, _ in LEAVES])
def test_every_command_has_help_with_an_example(
    path: tuple[str, ...], command: click.Command
) -> None:
    """Help says what the command does, explains each option and gives an example."""
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert f"diplograph {' '.join(path)}" in re.sub(r"^Usage:.*$", "", result.output, flags=re.M)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


def test_the_list_of_commands_is_complete() -> None:
    """The list of commands names each with its line, and each can be loaded."""
    shown = " ".join(run("--help").output.split())
    for name, line in COMMANDS.items():
        assert f"{name} {line}" in shown
        assert cli.get_command(click.Context(cli), name) is not None


EXAMPLES = sorted(
    {
        line.strip()
        for _, command in LEAVES
        for line in (command.help or "").splitlines()
        if line.strip().startswith("diplograph ")
        and not re.search(r"my-|own|~|\.html|--file|--into|store build|https?://", line)
    }
)


LONG = ("diplograph validate", "diplograph validate --hygiene")


@pytest.mark.parametrize(
    "line",
    [pytest.param(e, marks=pytest.mark.thorough if e in LONG else []) for e in EXAMPLES],
)
def test_the_examples_in_the_help_run(line: str, tmp_path, monkeypatch) -> None:
    """Each example in a help text that needs no file of the user's runs and prints something."""
    monkeypatch.chdir(tmp_path)
    result = run(*shlex.split(line)[1:])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()


@pytest.mark.parametrize(
    "call",
    [
        ["links", "China", "Russia"],
        ["describe", "Shanghai Five"],
        ["timeline", "China", "Russia"],
        ["path", "Gazprom", "Uzbekistan"],
        ["central", "-n", "3"],
        ["communities", "-n", "3"],
        ["stats"],
        ["sources", "list"],
    ],
    ids=lambda call: call[0],
)
def test_json_is_one_object_on_standard_output(call: list[str]) -> None:
    """With --json there is one JSON object on standard output and nothing else there."""
    result = run(*call, "--json")
    assert result.exit_code == 0
    assert isinstance(json.loads(result.stdout), dict)


def test_json_equals_the_librarys_record() -> None:
    """The command prints exactly the record that the function returns."""
    from diplograph import links

    assert (
        json.loads(run("links", "China", "India", "--json").stdout)
        == links("China", "India").to_dict()
    )


def test_links_in_words() -> None:
    """The text shows kind, stage, date, parties, passages, what is pending and what is hidden."""
    result = run("links", "China", "Russia")
    assert "China – Russia: " in result.stdout
    assert re.search(
        r"Beijing Declaration\n +declaration · signed · 17–18 July 2000\n +parties: China, Russia\n",
        result.stdout,
    )
    assert "yubin-2000, chronology, 17–18 July 2000 [" in result.stdout
    assert "! disputed: " in result.stdout
    pending = result.stdout.partition("Pending: ")[2]
    assert "initialled" in pending
    assert "reported to be signed; no source states it" in pending
    assert "through predecessors" in result.stderr
    assert "\x1b[" not in result.stdout


def test_passages_are_shown_with_sources(sources: Path) -> None:
    """With the reader's copies the passage itself is shown."""
    result = run("links", "China", "Russia", "--sources", str(sources))
    assert "“The two sides sign nine documents" in result.stdout


def test_an_empty_answer_is_an_answer() -> None:
    """No agreement is exit code 0 with the reason."""
    result = run("links", "Japan", "Vietnam")
    assert result.exit_code == 0
    assert "outside-coverage: " in result.stdout


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (["links", "China", "Narnia"], "no agent of the graph is called “Narnia”"),
        (["links", "China", "Ivanov"], "“Ivanov” can be “Igor Ivanov” or “Sergei Ivanov”"),
        (["links", "China"], "Missing argument 'Y'"),
        (["links", "China", "Russia", "--as-of", "yesterday"], "“yesterday” is not a date"),
        (["links", "China", "Russia", "--include", "all"], "'all' is not one of"),
        (
            ["links", "China", "Russia", "--graph", "nothing.ttl"],
            "nothing.ttl: there is no such file",
        ),
        (["links", "China", "Russia", "--sources", "nowhere"], "nowhere: there is no such folder"),
        (
            ["links", "China", "Russia", "--graph", "http://127.0.0.1:9/"],
            "does not answer as an endpoint",
        ),
        (["path", "China", "Russia", "-k", "0"], "0 is not in the range"),
        (["central", "--measure", "fame"], "'fame' is not one of"),
        (["sources", "verify"], "--sources DIR"),
        (["lnks", "China", "Russia"], "Did you mean “links”?"),
        (["links", "China", "Russia", "--jsn"], "No such option"),
        (["describe", ""], "an empty name leads nowhere"),
        (["links", "China", "PRC"], "both names lead to China"),
        (["sparql", "ASK {}", "--timeout", "inf"], "the timeout must be more than 0"),
        (["sparql", "ASK {}", "--timeout", "nan"], "the timeout must be more than 0"),
        (["draw", "China", "Russia", "-o", "/dev/null"], "is not a regular file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_input_is_one_clear_line(
    call: list[str], message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever is wrong with a call is one line on standard error and exit code 2."""
    monkeypatch.chdir(tmp_path)
    result = run(*call)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.startswith("diplograph: ")
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_name_gives_its_record_too() -> None:
    """With --json the record with its absence is printed before the error."""
    for call in (
        ["links", "China", "Rusland"],
        ["describe", "Rusland"],
        ["timeline", "Rusland"],
        ["path", "Rusland", "China"],
    ):
        result = run(*call, "--json")
        assert result.exit_code == 2
        absence = json.loads(result.stdout)["absence"]
        assert absence["reason"] == "unknown-name"
        assert "Russia" in absence["suggestions"]


def test_broken_turtle_names_file_and_line(write_graph) -> None:
    """A broken file is named with its line."""
    path = write_graph("ex:a a dg:Country ;\n  skos:prefLabel \n")
    result = run("describe", "China", "--graph", str(path))
    assert result.exit_code == 2
    assert re.match(rf"diplograph: {re.escape(str(path))}, line \d+: ", result.stderr)


def test_sources_verify_leaves_with_one_when_a_passage_fails(sources: Path, tmp_path: Path) -> None:
    """Proved passages are exit code 0; a changed copy is exit code 1 and says which passage."""
    assert run("sources", "verify", "--sources", str(sources)).exit_code == 0
    for path in sources.glob("*.txt"):
        (tmp_path / path.name).write_bytes(b"\n" + path.read_bytes())
    result = run("sources", "verify", "--sources", str(tmp_path))
    assert result.exit_code == 1
    assert "other characters there" in result.stdout


def test_store_build_and_ask_it(made_up: Path, tmp_path: Path) -> None:
    """A store is built from a file and then asked."""
    target = tmp_path / "store"
    built = run("store", "build", str(target), "--graph", str(made_up))
    assert built.exit_code == 0
    asked = run("links", "Alba", "Borea", "--graph", str(target))
    assert "Pact" in asked.stdout
    again = run("store", "build", str(target), "--graph", str(made_up))
    assert again.exit_code == 2
    assert "exists already" in again.stderr


def test_an_ambiguous_name_is_asked_back_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the candidates are listed and the chosen one is taken."""
    monkeypatch.setattr("diplograph_cli.options._can_ask", lambda: True)
    result = run("describe", "Ivanov", input="2\n")
    assert result.exit_code == 0
    assert result.stdout.startswith("Sergei Ivanov")
    assert "1  Igor Ivanov" in result.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    """Output piped into head ends quietly."""
    command = f"{shlex.quote(sys.executable)} -m diplograph_cli describe China | head -n 1"
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, env=os.environ, check=False
    )
    assert done.stdout == "China (Country)\n"
    assert done.stderr == ""


def test_version() -> None:
    """The version is that of the package."""
    from importlib.metadata import version

    assert run("--version").stdout == f"diplograph {version('diplograph')}\n"


def test_no_label_steers_the_terminal(write_graph) -> None:
    """Escape sequences and marks that turn text round are shown as blanks, in headings too."""
    path = write_graph(
        'ex:a a dg:Country ; skos:prefLabel "Evil\\u001B]0;owned\\u0007 \\u202Eland"@en .'
    )
    shown = run("describe", "ex:a".replace("ex:", "https://example.org/"), "--graph", str(path))
    assert shown.exit_code == 0
    twice = write_graph(
        'ex:a a dg:Country ; skos:prefLabel "Evil\\u001B[31m one"@en ; skos:altLabel "Evil"@en .'
        'ex:b a dg:Country ; skos:prefLabel "Evil two"@en ; skos:altLabel "Evil"@en .',
        "twice.ttl",
    )
    refused = run("describe", "Evil", "--graph", str(twice))
    assert refused.exit_code == 2
    for output in (shown.output, refused.output):
        assert "\x1b" not in output
        assert "\u202e" not in output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_one_clear_line() -> None:
    """Output that cannot be written is one line and exit code 2."""
    command = f"{shlex.quote(sys.executable)} -m diplograph_cli describe China > /dev/full"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "diplograph: the output cannot be written: No space left on device.\n"


@pytest.mark.thorough
@pytest.mark.parametrize("width", ["0", "1", "40", "60", "300"])
def test_any_width_of_the_terminal(monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    """No width breaks the output; between 40 and 110 columns the text keeps to it."""
    monkeypatch.setenv("COLUMNS", width)
    for call in (["conflicts", "Su-30"], ["describe", "NATO"], ["sources", "list"]):
        result = CliRunner().invoke(cli, call)
        assert result.exit_code == 0, result.output
        if width in ("60", "300"):
            assert max(map(len, result.stdout.splitlines())) <= (60 if width == "60" else 110)


def test_wide_letters_keep_the_columns(made_up: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement in Chinese on the left does not push the right side out of its column."""
    from rich.cells import cell_len

    made_up.write_text(
        made_up.read_text().replace(
            '"The Pact was signed."@en',
            '"条约签署了。条约签署了。条约签署了。条约签署了。条约签署了。"@zh',
        )
    )
    shown = CliRunner().invoke(cli, ["conflicts", "--graph", str(made_up)]).stdout
    [line] = [x for x in shown.splitlines() if "The Pact is reported" in x]
    before = line[: line.index("The Pact is reported")]
    assert "条约" in before
    assert cell_len(before) == 4 + 46 + 3


def test_letters_that_the_output_lacks() -> None:
    """Under an encoding without dashes the text is shown all the same, and JSON stays JSON."""
    command = [sys.executable, "-m", "diplograph_cli", "conflicts", "Beijing Declaration"]
    env = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    shown = subprocess.run(command, env=env, capture_output=True, check=True)
    assert "Date of the Beijing Declaration" in shown.stdout.decode("latin-1")
    record = subprocess.run([*command, "--json"], env=env, capture_output=True, check=True)
    assert "–" in json.dumps(json.loads(record.stdout.decode("latin-1")), ensure_ascii=False)


@pytest.mark.parametrize("call", [[], ["sources"], ["store"]])
def test_a_group_alone_shows_its_help(call: list[str]) -> None:
    """A call without a command shows the commands there are, and is no error."""
    shown = subprocess.run(
        [sys.executable, "-m", "diplograph_cli", *call], capture_output=True, text=True, check=True
    )
    assert shown.stdout.startswith("Usage:")
    assert "Commands:" in shown.stdout
    assert shown.stderr == ""

"""Questions typed one after the other, with history, completion and help.

The only module that imports prompt_toolkit, so that no other command waits for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click
import platformdirs
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory

from diplograph.asking import guide
from diplograph.errors import DiplographError
from diplograph.keys import name_key
from diplograph_cli import text
from diplograph_cli.asking import Asking

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

__all__ = ["Completions", "converse"]

_COMMANDS = ("help", "explain", "quit")
_MOST = 40
"""So many names are offered at once."""
_WORDS = 10
"""A name may be so many words long when it is completed."""
_SHOWN = 2
"""So many kinds of question are shown of each theme; ``help THEME`` shows all."""
_EXAMPLES = 6


def converse(
    asking: Asking, *, keyboard: Input | None = None, screen: Output | None = None
) -> None:
    """Read questions and answer them until ``quit`` or the end of input.

    What is wrong with a question is one line, and the next one is asked for. ``keyboard`` and
    ``screen`` stand in for the terminal.
    """
    themes = guide.themes(asking.templates())
    session: PromptSession[str] = PromptSession(
        "? ", history=_Kept(_history_file()), completer=Completions(asking, themes),
        input=keyboard, output=screen,
    )  # fmt: skip
    click.echo("Ask in plain English. “help” says what can be asked, “quit” or Ctrl-D leaves.")
    while True:
        try:
            typed = session.prompt()
        except KeyboardInterrupt:  # of what is being typed
            continue
        except EOFError:
            return
        for line in typed.splitlines():
            if line.strip() in ("quit", "exit"):
                return
            _heed(asking, themes, line.strip())


def _heed(asking: Asking, themes: Sequence[guide.Theme], line: str) -> None:
    """Do what one line says; whatever goes wrong is one line."""
    command, _, rest = line.partition(" ")
    try:
        if not line:
            return
        if line == "help" or (command == "help" and " " not in rest.strip()):
            _help(themes, rest.strip())
            return
        explain = command == "explain"
        failed = asking.put(rest.strip() if explain else line, explain=explain)
    except DiplographError as error:
        failed = error
    except KeyboardInterrupt:
        text.error("interrupted.")
        return
    except Exception as error:  # a defect in one answer must not end the conversation
        text.error(f"a defect of diplograph: {type(error).__name__}: {error}")
        return
    if failed is not None:
        text.error(str(failed))


def _help(themes: Sequence[guide.Theme], name: str) -> None:
    """What can be asked: a few kinds of question of each theme, or all of one theme."""
    chosen = [theme for theme in themes if theme.name == name.lower()]
    if name and not chosen:
        known = ", ".join(theme.name for theme in themes)
        text.error(f"there is no theme “{name}”; there are {known}.")
        return
    for theme in chosen or themes:
        text.title(f"{theme.name} ({text.counted(len(theme.asks), 'kind')} of question)")
        for asks in theme.asks if chosen else theme.asks[:_SHOWN]:
            text.paragraph(asks, 4)
    if chosen:
        text.paragraph("for example:")
        for example in chosen[0].examples[:_EXAMPLES]:
            text.paragraph(example, 4, fg="cyan")
        return
    click.echo()
    text.paragraph(
        "“help THEME” shows all of a theme. X, Y and words in capitals stand for names, which Tab "
        "completes. “explain QUESTION” shows how a question is understood."
    )


class Completions(Completer):
    """Completes what is typed to names of the graph, to example questions and to commands."""

    def __init__(self, asking: Asking, themes: Sequence[guide.Theme]) -> None:
        self._asking = asking
        self._themes = themes

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """The names by the key under which they are looked up; none where the graph fails."""
        try:
            found = guide.names(self._asking.graph)
        except DiplographError:
            return []
        return sorted((name_key(name), text.printable(name)) for name in found)

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterable[Completion]:
        """The completions of what stands before the cursor."""
        typed = document.text_before_cursor.lstrip()
        command, blank, rest = typed.partition(" ")
        if typed and not blank:
            yield from _starting(_COMMANDS, typed, "command")
        if command == "help" and blank:
            yield from _starting([theme.name for theme in self._themes], rest, "theme")
            return
        question = rest.lstrip() if command == "explain" and blank else typed
        if not question:
            return
        examples = [example for theme in self._themes for example in theme.examples]
        yield from _starting(examples, question, "question")
        yield from self._named(question, event.completion_requested)

    def _named(self, question: str, wanted: bool) -> Iterator[Completion]:
        """The names that begin with the last words typed, of the longest stretch that any does."""
        starts = [i for i in range(len(question)) if i == 0 or question[i - 1] in " (“\"'"]
        for start in starts[-_WORDS:]:
            tail = question[start:]
            key = name_key(tail)
            if not key or tail[0].isspace() or tail.lower().startswith("the "):
                continue
            # While typing, only what looks like a name; every word begins some name or other.
            if not wanted and len(key) < (2 if tail[0].isupper() or tail[0].isdecimal() else 4):
                continue
            found = self._beginning(key)
            if found:
                for name in found[:_MOST]:
                    yield Completion(name, start_position=-len(tail), display_meta="name")
                return

    def _beginning(self, key: str) -> list[str]:
        first = bisect_left(self._names, (key, ""))
        found = []
        for place in range(first, len(self._names)):
            if not self._names[place][0].startswith(key):
                break
            found.append(self._names[place][1])
        return list(dict.fromkeys(found))


def _starting(choices: Iterable[str], typed: str, meta: str) -> Iterator[Completion]:
    begun = typed.casefold()
    shown = (text.printable(choice) for choice in choices)
    fitting = [choice for choice in shown if choice.casefold().startswith(begun)]
    for choice in fitting[:_MOST]:
        yield Completion(choice, start_position=-len(typed), display_meta=meta)


def _history_file() -> Path:
    """Where the questions are kept, in the user's data folder."""
    return platformdirs.user_data_path("diplograph", appauthor=False) / "questions"


class _Kept(FileHistory):
    """A history in a file; where that cannot be read or written, only that of the session."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._path = path

    def load_history_strings(self) -> Iterable[str]:
        try:
            return list(super().load_history_strings())
        except OSError:
            return []

    def store_string(self, string: str) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            super().store_string(string)
        except OSError:
            pass

"""The file of the user's decisions: TOML beside the store, a line for each decision.

::

    # whether two entries are the same thing
    judgements = [
      { one = "trf:a", other = "trf:b", is = "same", names = ["A of 2003", "B of 2003"] },
    ]

    # whom a printed name means, by the dataset
    [names.sipri]
    "Germany" = "cty:west-germany"
    "Narnia" = "unsure"
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from diplograph.errors import DecisionError, StoreError
from diplograph.namespaces import expand, shorten

__all__ = ["UNSURE", "VERDICTS", "Decisions", "Judgement", "decisions_path", "read_decisions"]

VERDICTS = ("same", "different", "unsure")
"""What can be judged of two entries."""
UNSURE = "unsure"

_HEAD = """\
# Decisions on doubtful names and on what is the same, made with: diplograph reconcile
# They are applied at every import into the store beside this file. Remove a line to undo it.
# Comments that you add here are lost when the command writes the file again.
"""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_HINT = "correct it by hand, or move the file away to begin anew"


@dataclass(frozen=True, slots=True)
class Judgement:
    """That two entries are the same thing, different ones, or that it was left open.

    ``names`` are their labels when it was judged: an IRI that is made from a row can come to mean
    another row in another edition, and then the judgement is not applied.
    """

    one: str
    other: str
    verdict: str
    names: tuple[str, str] = ("", "")

    @property
    def pair(self) -> frozenset[str]:
        """The IRIs of the two."""
        return frozenset((self.one, self.other))


@dataclass(frozen=True)
class Decisions:
    """What the user decided.

    ``names`` gives by dataset and printed name the IRI of the entity that is meant, or
    :data:`UNSURE` where it was left open.
    """

    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()

    @property
    def meant(self) -> dict[tuple[str, str], str]:
        """The names for which an entity was decided on, as an import takes them."""
        return {key: iri for key, iri in self.names.items() if iri != UNSURE}

    def with_name(self, dataset: str, printed: str, means: str | None) -> Decisions:
        """The decisions with one on a name, or without it where ``means`` is None.

        >>> one = Decisions().with_name("demo", "Albany", "https://example.org/alba")
        >>> one.meant, one.with_name("demo", "Albany", None).meant
        ({('demo', 'Albany'): 'https://example.org/alba'}, {})
        """
        names = {key: iri for key, iri in self.names.items() if key != (dataset, printed)}
        if means is not None:
            names[dataset, printed] = means
        return replace(self, names=names)

    def with_judgement(self, judgement: Judgement, undo: bool = False) -> Decisions:
        """The decisions with a judgement in the place of a former one on the same two."""
        kept = tuple(j for j in self.judgements if j.pair != judgement.pair)
        return replace(self, judgements=kept if undo else (*kept, judgement))

    def write(self, path: Path) -> None:
        """Write the file; one without decisions is removed.

        Raises :class:`~diplograph.errors.StoreError` where it cannot be written.
        """
        part = path.with_name(path.name + ".part")
        try:
            if not self.names and not self.judgements:
                path.unlink(missing_ok=True)
                return
            part.write_text("".join(self._lines()), encoding="utf-8")
            os.replace(part, path)  # noqa: PTH105 - at once, or not at all
        except OSError as error:
            raise StoreError(f"{path}: cannot be written: {error.strerror}.") from None

    def _lines(self) -> Iterator[str]:
        yield _HEAD
        if self.judgements:
            yield "\njudgements = [\n"
            for j in sorted(self.judgements, key=lambda j: (j.one, j.other)):
                yield (
                    f"  {{ one = {_text(shorten(j.one))}, other = {_text(shorten(j.other))}, "
                    f"is = {_text(j.verdict)}, names = [{', '.join(map(_text, j.names))}] }},\n"
                )
            yield "]\n"
        for dataset in sorted({dataset for dataset, _ in self.names}):
            yield f"\n[names.{dataset if _BARE.fullmatch(dataset) else _text(dataset)}]\n"
            for (own, printed), iri in sorted(self.names.items()):
                if own == dataset:
                    yield f"{_text(printed)} = {_text(shorten(iri))}\n"


def _text(text: str) -> str:
    """A basic string of TOML, which JSON's are too but for one sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def decisions_path(store: Path) -> Path:
    """Where the decisions for a store stand: beside it, under its name.

    >>> decisions_path(Path("data/world")).as_posix()
    'data/world.decisions.toml'
    """
    return store.with_name(store.name + ".decisions.toml")


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file; none where there is no such file.

    Raises :class:`~diplograph.errors.DecisionError` for one that cannot be read, with what is
    wrong.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Decisions()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DecisionError(f"{path}: cannot be read: {error}; {_HINT}.") from None
    for key in told:
        if key not in ("names", "judgements"):
            raise DecisionError(f"{path}: “{key}” is none of names and judgements; {_HINT}.")
    names: dict[tuple[str, str], str] = {}
    for dataset, own in _table(path, told.get("names", {}), "names").items():
        for printed, means in _table(path, own, f"names.{dataset}").items():
            if not isinstance(means, str) or not (means == UNSURE or _is_iri(expand(means))):
                raise DecisionError(
                    f"{path}: names.{dataset}, “{printed}”: “{means}” is neither “{UNSURE}” nor a "
                    f"name such as cty:kenya; {_HINT}."
                )
            names[dataset, printed] = means if means == UNSURE else expand(means)
    judgements = told.get("judgements", [])
    if not isinstance(judgements, list):
        raise DecisionError(f"{path}: judgements is no list; {_HINT}.")
    return Decisions(names, tuple(_judgement(path, n, one) for n, one in enumerate(judgements, 1)))


def _table(path: Path, value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise DecisionError(f"{path}: {name} is no table; {_HINT}.")
    return value


def _judgement(path: Path, number: int, told: Any) -> Judgement:
    def wrong(what: str) -> DecisionError:
        return DecisionError(f"{path}: judgement {number}: {what}; {_HINT}.")

    if not isinstance(told, dict):
        raise wrong("is no table with one, other and is")
    one, other = (expand(str(told.get(key, ""))) for key in ("one", "other"))
    for iri in (one, other):
        if not _is_iri(iri):
            raise wrong(f"“{iri}” is no name such as trf:su-30-1999")
    if one == other:
        raise wrong("one and other are the same entry")
    if told.get("is") not in VERDICTS:
        raise wrong(f"is = “{told.get('is')}” is none of {', '.join(VERDICTS)}")
    names = told.get("names", ["", ""])
    if not isinstance(names, list) or len(names) != 2:
        raise wrong("names are not two")
    return Judgement(one, other, str(told["is"]), (str(names[0]), str(names[1])))


def _is_iri(text: str) -> bool:
    return text.startswith(("http://", "https://")) and not set(text) & set('<>"{}|\\^` \n')

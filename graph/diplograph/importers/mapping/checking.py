"""YAML as a tree of lines: what stands where, checked against the declared keys.

The tree is composed, not constructed: no text becomes a date, a truth or a number on its own, a key
that is given twice is found, and every message can name its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from diplograph.errors import MappingError
from diplograph.importers.mapping.schema import SECTIONS, Key

__all__ = ["Reader", "Spot"]

_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True)
class Spot:
    """A node of the tree, and its place in words: the keys that lead to it."""

    node: Any
    place: str
    reader: Reader

    @property
    def line(self) -> int:
        """The line where it begins."""
        return int(self.node.start_mark.line) + 1

    def wrong(self, what: str) -> NoReturn:
        """Raise the error that says what is wrong here."""
        where = f" {self.place}:" if self.place else ""
        raise MappingError(f"{self.reader.path}, line {self.line}:{where} {what}")

    @property
    def scalar(self) -> bool:
        """Whether it is one text."""
        return isinstance(self.node, self.reader.yaml.ScalarNode)

    def text(self, what: str = "text") -> str:
        """The text that stands here."""
        if not self.scalar or (self.node.tag == _NULL and self.node.style is None):
            self.wrong(f"here should stand {what}.")
        return str(self.node.value)

    def texts(self) -> list[Spot]:
        """The texts of a list, or the one text."""
        return self.items() if isinstance(self.node, self.reader.yaml.SequenceNode) else [self]

    def items(self) -> list[Spot]:
        """The items of a list; what is none is a list of one."""
        if not isinstance(self.node, self.reader.yaml.SequenceNode):
            return [self]
        if not self.node.value:
            self.wrong("the list is empty; leave the key out.")
        return [
            Spot(item, f"{self.place}[{number}]", self.reader)
            for number, item in enumerate(self.node.value, 1)
        ]

    def pairs(self) -> Iterator[tuple[str, Spot, Spot]]:
        """The keys of a table with what stands behind them."""
        if not isinstance(self.node, self.reader.yaml.MappingNode):
            self.wrong("here should stand keys with a colon and a value each.")
        seen: set[str] = set()
        for key, value in self.node.value:
            spot = Spot(key, self.place, self.reader)
            name = spot.node.value if spot.scalar else spot.text("a key of one word")
            if name in seen:
                spot.wrong(f"“{name}” is given twice.")
            seen.add(name)
            yield name, spot, Spot(value, f"{self.place}.{name}".lstrip("."), self.reader)

    def nothing(self) -> bool:
        """Whether it is YAML's null: ``~``, ``null`` or nothing at all."""
        return self.scalar and self.node.tag == _NULL

    def section(self, name: str) -> Section:
        """The keys of a section of :data:`~diplograph.importers.mapping.schema.SECTIONS`."""
        keys = SECTIONS[name]
        found: dict[str, Spot] = {}
        for key, spot, value in self.pairs():
            if key not in keys:
                spot.wrong(f"there is no key “{key}”{_hint(key, keys)}.")
            found[key] = value
        for key, about in keys.items():
            if about.needed and key not in found:
                self.wrong(f"“{key}” is missing: {_lower(about.what)}")
        return Section(self, keys, found)


@dataclass(frozen=True)
class Section:
    """The keys of a section that are given."""

    spot: Spot
    keys: Any
    found: dict[str, Spot]

    def get(self, name: str) -> Spot | None:
        """What stands behind a key, if it is given."""
        assert name in self.keys, name
        return self.found.get(name)

    def key(self, name: str) -> Key:
        """What the key is."""
        key: Key = self.keys[name]
        return key


@dataclass
class Reader:
    """The file, and the columns that were met in it with the line where they first were."""

    path: Path
    yaml: Any
    columns: dict[str, int] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path) -> tuple[Reader, Spot]:
        """Compose the file's tree.

        Raises :class:`~diplograph.errors.MappingError` for a file that is no YAML, and
        :class:`~diplograph.errors.MappingError` where YAML cannot be read for want of the library.
        """
        try:
            import yaml
        except ImportError:
            raise MappingError(
                f"{path}: PyYAML is needed to read it; install it with: "
                "pip install 'diplograph[datasets]'"
            ) from None
        try:
            text = path.read_text(encoding="utf-8-sig")
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except UnicodeDecodeError:
            raise MappingError(f"{path}: is no text in UTF-8.") from None
        except OSError as error:
            raise MappingError(f"{path}: cannot be read: {error.strerror}.") from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f", line {mark.line + 1}" if mark else ""
            problem = getattr(error, "problem", None) or " ".join(str(error).split())
            raise MappingError(f"{path}{line}: is no YAML: {problem}.") from None
        if node is None:
            raise MappingError(
                f"{path}: is empty; diplograph import table FILE --suggest drafts a mapping."
            )
        reader = cls(path, yaml)
        return reader, Spot(node, "", reader)


def _hint(name: str, names: Any) -> str:
    import difflib

    near = difflib.get_close_matches(name, list(names), n=1)
    known = ", ".join(names)
    return f"; did you mean “{near[0]}”?" if near else f"; here can stand {known}"


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]

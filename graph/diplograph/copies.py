"""Readers' own copies of the source documents, from which passages are shown.

The texts of the sources are not part of diplograph. A reader who has them names their folder
(``--sources DIR`` or ``DIPLOGRAPH_SOURCES``); each passage is then cut from the reader's copy and
compared with the digest that the curators recorded, so that a changed copy is noticed. The files of
datasets are found in the same folder; of these a row is shown, if the file is the one imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from diplograph.errors import SourceError
from diplograph.store import Graph

__all__ = ["Copies", "digest_of", "digest_of_file", "read_text"]


def digest_of(text: str) -> str:
    """``sha256:`` and the hexadecimal SHA-256 of the text in UTF-8.

    >>> digest_of("")[:15]
    'sha256:e3b0c442'
    """
    import hashlib

    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(eq=False)
class Copies:
    """The texts found in a folder, by the identifier of their source.

    A document is found by the file name that its source declares, by its identifier with ``.txt``,
    or by the digest of its whole text. ``refused`` counts, by source, the passages that could
    not be shown because the copy has other characters there. Raises
    :class:`~diplograph.errors.SourceError` where the folder does not exist or holds none of the
    documents.
    """

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    tables: dict[str, tuple[Path, int, Mapping[str, str]]] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)

    @classmethod
    def find(cls, graph: Graph, folder: Path) -> Copies:
        """Look for the documents of all sources of ``graph`` in ``folder``."""
        if not folder.is_dir():
            raise SourceError(f"{folder}: there is no such folder; name the one with your copies.")
        documents = graph.select(
            """SELECT ?id ?file ?digest ?header ?encoding ?delimiter ?sheet WHERE {
                ?s a dg:Source ; dct:identifier ?id ; dg:fileName ?file .
                OPTIONAL { ?s dg:digest ?digest }
                OPTIONAL { ?s dg:headerRow ?header }
                OPTIONAL { ?s dg:encoding ?encoding }
                OPTIONAL { ?s dg:delimiter ?delimiter }
                OPTIONAL { ?s dg:sheet ?sheet }
            } ORDER BY ?id"""
        )
        copies = cls(folder)
        missing = []
        for row in documents:
            if "header" in row:
                table = folder / Path(row["file"]).name
                if table.is_file() and digest_of_file(table) == row.get("digest"):
                    how: dict[str, str] = {
                        k: row[k] for k in ("encoding", "delimiter", "sheet") if k in row
                    }
                    copies.tables[row["id"]] = table, int(row["header"]), how
                continue
            path = copies._path(row["file"], row["id"], row.get("digest"))
            if path is None:
                missing.append(row["id"])
            else:
                copies.texts[row["id"]] = read_text(path)
        if documents and not copies.texts and not copies.tables:
            names = ", ".join(row["file"] for row in documents)
            raise SourceError(f"{folder}: holds none of the source documents ({names}).")
        copies.missing = tuple(missing)
        return copies

    def _path(self, file_name: str, identifier: str, digest: str | None) -> Path | None:
        """The copy: under its own name or its identifier, unless another one has the right text."""
        names = [Path(name).name for name in (file_name, f"{identifier}.txt")]
        named = [self.folder / name for name in names if (self.folder / name).is_file()]
        others = sorted(self.folder.glob("*.txt")) if digest else []
        for path in (*named, *others):
            if digest and _digest_of_text_file(path) == digest:
                return path
        return named[0] if named else None

    def changed(self, graph: Graph) -> tuple[str, ...]:
        """The sources whose copy as a whole is not the text that the curators read."""
        rows = graph.select(
            "SELECT ?id ?digest WHERE { ?s a dg:Source ; dct:identifier ?id ; dg:digest ?digest }"
        )
        read = {row["id"]: row["digest"] for row in rows}
        return tuple(
            source
            for source, text in sorted(self.texts.items())
            if read.get(source) not in (None, digest_of(text))
        )

    def row(self, source: str, number: int) -> str | None:
        """A row of a dataset's file, each cell after its column's name; None if not at hand."""
        return self._rows(source).get(number) if source in self.tables else None

    @cache  # noqa: B019 - copies live as long as the command
    def _rows(self, source: str) -> dict[int, str]:
        from diplograph.tables import column_names, open_table

        path, header, how = self.tables[source]
        rows: dict[int, str] = {}
        names: list[str] = []
        for number, cells in open_table(path, **how).rows():
            if number == header:
                names = column_names(cells)
            named = zip(names, cells, strict=False)
            rows[number] = "; ".join(f"{name}: {cell}" for name, cell in named if cell.strip())
        return rows

    def passage(self, source: str, start: int, end: int, digest: str | None = None) -> str | None:
        """The characters of a passage.

        None where the document is not at hand or too short, or where the characters do not have
        the digest given.
        """
        text = self.texts.get(source)
        if text is None:
            return None
        passage = text[start:end]
        if end > len(text) or (digest and digest_of(passage) != digest):
            self.refused[source] = self.refused.get(source, 0) + 1
            return None
        return passage


def digest_of_file(path: Path) -> str:
    """``sha256:`` and the hexadecimal SHA-256 of a file's bytes."""
    import hashlib

    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


def _digest_of_text_file(path: Path) -> str | None:
    """The digest of a file's text; None where it is no text that can be read."""
    try:
        return digest_of(read_text(path))
    except SourceError:
        return None


def read_text(path: Path) -> str:
    """The text of a document as its offsets count it: UTF-8, with its line ends as they are."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read as UTF-8 text: {error}.") from None

"""Sources: their list, the proof of their passages, and readers' copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplograph import coverage, describe, list_sources, open_graph, verify
from diplograph.copies import Copies, digest_of
from diplograph.digests import word_mark
from diplograph.errors import SourceError
from diplograph.postinglists import mark_iri, read_postings
from diplograph.sources import lock_passages

TEXT = "Alba and Borea met.\nThey signed the Pact in Çana, “at last”.\n"
START = TEXT.index("They signed")
FACTS = f"""
ex:source a dg:Source ; dct:identifier "small" ; dct:title "Small"@en ; dg:fileName "small.txt" ;
    dg:digest "{digest_of(TEXT)}" .
ex:alba a dg:Country ; skos:prefLabel "Alba"@en .
ex:pact a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "Pact"@en .
ex:signed a dg:StageFact ; dg:of ex:pact ; dg:agent ex:alba ; dg:stage stage:signed ; dg:when "2000" ;
    dg:grade grade:stated ; dg:statement "The Pact was signed."@en ; dg:at "{START}-{len(TEXT) - 1}" .
"""


@pytest.fixture
def source(write_graph, tmp_path: Path) -> tuple[Path, Path]:
    """A source's folder of facts with its lock, and a folder with the reader's copy."""
    folder, copies = tmp_path / "small", tmp_path / "copies"
    folder.mkdir()
    copies.mkdir()
    (copies / "small.txt").write_bytes(TEXT.encode())
    (folder / "facts.ttl").write_text(write_graph(FACTS).read_text())
    assert lock_passages(folder, copies) == 1
    return folder, copies


def test_passages_are_proved(source: tuple[Path, Path]) -> None:
    """An unchanged copy proves every passage."""
    folder, copies = source
    result = verify(open_graph(folder), copies)
    assert (result.proved, result.failures, result.changed, result.missing) == (1, (), (), ())


def test_the_words_of_a_passage_are_locked_with_it(source: tuple[Path, Path]) -> None:
    """A lock has the marks of the stems of a passage, by which its facts are found, and no word."""
    folder, _ = source
    words = (folder / "passages.lock").read_text().split()[2:]
    assert words == [*sorted(map(word_mark, ["cana", "last", "pact", "sign"])), "|"]
    index = dict(open_graph(folder).pairs("SELECT ?x ?list { GRAPH ?g { ?x dg:postings ?list } }"))
    said = {iri for iri, text in index.items() if "said" in read_postings(text)}
    own = ["last", "cana"]  # its own statement has the others
    assert said == {mark_iri(word_mark(word)) for word in own}


def test_a_changed_copy_is_noticed(source: tuple[Path, Path]) -> None:
    """One character more before the passage, and it fails with its place and its fact."""
    folder, copies = source
    (copies / "small.txt").write_bytes(("!" + TEXT).encode())
    result = verify(open_graph(folder), copies)
    [failure] = result.failures
    assert (result.proved, result.changed) == (0, ("small",))
    assert (failure.start, failure.reason) == (START, "the copy has other characters there")
    assert failure.facts == ("https://example.org/signed",)


def test_line_ends_count(source: tuple[Path, Path]) -> None:
    """A copy whose line ends were changed is another text: offsets are those of the file as it is."""
    folder, copies = source
    (copies / "small.txt").write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert len(verify(open_graph(folder), copies).failures) == 1


def test_a_shorter_copy(source: tuple[Path, Path]) -> None:
    """A copy that ends before the passage fails with that reason."""
    folder, copies = source
    (copies / "small.txt").write_bytes(TEXT[:30].encode())
    [failure] = verify(open_graph(folder), copies).failures
    assert failure.reason == "the copy ends before the passage does"


def test_an_unlocked_passage_fails(source: tuple[Path, Path]) -> None:
    """A passage without a recorded digest is not taken on trust."""
    folder, copies = source
    (folder / "passages.lock").unlink()
    [failure] = verify(open_graph(folder), copies).failures
    assert "no digest is recorded" in failure.reason


def test_the_passage_is_shown_from_the_readers_copy(source: tuple[Path, Path]) -> None:
    """With the copy at hand the text is shown; without it, or changed, it is not."""
    folder, copies = source
    graph = open_graph(folder)
    assert describe("Pact", graph=graph).facts[0].evidence[0].text is None
    shown = describe("Pact", graph=graph, sources=copies).facts[0].evidence[0].text
    assert shown == "They signed the Pact in Çana, “at last”."
    (copies / "small.txt").write_bytes(("!" + TEXT).encode())
    changed = describe("Pact", graph=graph, sources=copies)
    assert changed.facts[0].evidence[0].text is None
    assert "your copy of small is not the text that the curators read" in changed.notes[0]


def test_a_copy_is_found_under_other_names(source: tuple[Path, Path]) -> None:
    """By its identifier, or under any name by its content."""
    folder, copies = source
    for name in ("small.txt", "another name.txt"):
        (copies / name).write_bytes(TEXT.encode())
        assert "small" in Copies.find(open_graph(folder), copies).texts
        (copies / name).unlink()


def test_folders_that_do_not_help(source: tuple[Path, Path], tmp_path: Path) -> None:
    """A missing folder, one without the documents, and a copy that is not UTF-8 are refused."""
    graph = open_graph(source[0])
    with pytest.raises(SourceError, match="there is no such folder"):
        verify(graph, tmp_path / "nowhere")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(SourceError, match=r"none of the source documents \(small.txt\)"):
        verify(graph, empty)
    (empty / "small.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(SourceError, match="cannot be read as UTF-8"):
        verify(graph, empty)


def test_locking_in_a_changed_document_is_refused(source: tuple[Path, Path]) -> None:
    """A document that is not the text the source declares proves nothing; the lock stays as it was."""
    folder, copies = source
    before = (folder / "passages.lock").read_text()
    (copies / "small.txt").write_bytes(TEXT.replace("Pact", "Tact").encode())
    with pytest.raises(SourceError, match="is not the text whose digest"):
        lock_passages(folder, copies)
    assert (folder / "passages.lock").read_text() == before


def test_a_passage_outside_the_document(source: tuple[Path, Path]) -> None:
    """A passage beyond the end is refused by lock and coverage, and the lock stays as it was."""
    folder, copies = source
    before = (folder / "passages.lock").read_text()
    facts = folder / "facts.ttl"
    facts.write_text(facts.read_text().replace(f"-{len(TEXT) - 1}", "-99999"))
    with pytest.raises(SourceError, match="lies outside the copy"):
        lock_passages(folder, copies)
    with pytest.raises(SourceError, match="passage 20-99999 lies outside the document"):
        coverage(open_graph(folder), copies)
    assert (folder / "passages.lock").read_text() == before


def test_the_right_text_wins_over_the_right_name(source: tuple[Path, Path]) -> None:
    """A file with the right text is taken before one that only bears the name; strangers do no harm."""
    folder, copies = source
    (copies / "small.txt").write_bytes(b"something else")
    (copies / "other.txt").write_bytes(TEXT.encode())
    (copies / "a stranger.txt").write_bytes("Müller".encode("latin-1"))
    assert verify(open_graph(folder), copies).failures == ()


def test_a_file_name_never_leaves_the_folder(source: tuple[Path, Path], tmp_path: Path) -> None:
    """A source that declares a path is looked for by its last part only."""
    folder, copies = source
    (tmp_path / "secret.txt").write_text("secret")
    facts = folder / "facts.ttl"
    facts.write_text(facts.read_text().replace('"small.txt"', '"../secret.txt"'))
    (copies / "small.txt").unlink()
    with pytest.raises(SourceError, match="none of the source documents"):
        Copies.find(open_graph(folder), copies)


def test_the_shipped_sources(shipped) -> None:
    """Both documents are listed with what they cover and how much rests on them."""
    found = {source.id: source for source in list_sources(shipped)}
    assert {"yubin-2000", "mitchell-2007"} <= set(found)
    assert "July to September 2000" in (found["yubin-2000"].covers or "")
    assert all(found[name].passages > 100 for name in ("yubin-2000", "mitchell-2007"))
    essay = found["yubin-2000"]
    assert essay.period == "2000-07-01/2000-09-30"
    assert {"China", "Russia"} <= set(essay.parties)
    assert {"missile defence", "trade and investment"} <= set(essay.issues)


def test_every_shipped_passage_is_proved(shipped, sources: Path) -> None:
    """With the documents at hand, every passage of the shipped graph is proved."""
    result = verify(shipped, sources)
    assert result.failures == ()
    assert (result.missing, result.changed) == ((), ())
    assert result.proved > 400

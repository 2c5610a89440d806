"""Finding an entity from what a person types."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplograph import open_graph
from diplograph.errors import AmbiguousName, UnknownName
from diplograph.names import resolve


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("China", "China"),
        ("prc", "China"),
        ("P.R.C.", "China"),
        ("CHN", "China"),
        ("cn", "China"),
        ("China's", "China"),
        ("the Soviet Union", "Soviet Union"),
        ("USSR", "Soviet Union"),
        ("Qing China", "Qing China"),
        ("Moscow's SCO", "Shanghai Cooperation Organization"),
        ("Shanghai-Five", "Shanghai Five"),
        ("shanghai forum", "Shanghai Five"),
        ("Kogas", "Korea Gas Corporation"),
        ("Cogas", "Korea Gas Corporation"),
        ("cty:china", "China"),
        ("https://w3id.org/diplograph/id/country/china", "China"),
        ("Rusia", "Russia"),
        ("Kazahkstan", "Kazakhstan"),
        ("Chna", "China"),
        ("Irna", "Iran"),
        ("Beijing Declaraton", "Beijing Declaration"),
        ("  russia ", "Russia"),
        ("moscows sco", "Shanghai Cooperation Organization"),
    ],
)
def test_names_that_lead_somewhere(shipped, typed: str, label: str) -> None:
    """Labels, aliases, codes, IRIs, possessives and small typing errors find their entity."""
    assert resolve(shipped, typed).label == label


def test_a_typing_error_is_mentioned(shipped) -> None:
    """What was corrected is told; what was right is not."""
    assert resolve(shipped, "Rusia").note == "“Rusia” was read as “Russia”."
    assert resolve(shipped, "Russia").note is None


def test_an_ambiguous_name_lists_its_bearers(shipped) -> None:
    """A surname that two people bear leads to neither."""
    with pytest.raises(AmbiguousName) as caught:
        resolve(shipped, "Ivanov")
    assert caught.value.suggestions == ("Igor Ivanov", "Sergei Ivanov")


def test_the_class_asked_for_decides(shipped) -> None:
    """Where a party is meant, Beijing is the state; among places it is the city."""
    assert resolve(shipped, "Beijing", ("Agent",)).label == "China"
    assert resolve(shipped, "Beijing", ("Place",)).label == "Beijing (city)"


def test_an_unknown_name_suggests(shipped) -> None:
    """A name that is too far off is refused with what it may have meant."""
    with pytest.raises(UnknownName) as caught:
        resolve(shipped, "Shanghai Cooperative Organisations")
    assert "Shanghai Cooperation Organization" in caught.value.suggestions
    with pytest.raises(UnknownName, match="no agent of the graph is called “Narnia”"):
        resolve(shipped, "Narnia", ("Agent",))


@pytest.mark.parametrize("typed", ["", "   ", 'a"b\\c', "x} UNION {?s ?p ?o", "http://a b"])
def test_hostile_names_are_just_unknown(shipped, typed: str) -> None:
    """Quotes, braces and the like in a name do no harm."""
    with pytest.raises(UnknownName):
        resolve(shipped, typed)


def test_short_names_are_never_corrected(shipped) -> None:
    """Three letters are too few to guess from."""
    with pytest.raises(UnknownName):
        resolve(shipped, "PRX")


def test_accents_do_not_matter(made_up: Path) -> None:
    """A name is found without the accents that its label has."""
    assert resolve(open_graph(made_up), "cana").label == "Cána"


def test_another_country_is_no_typing_error(shipped) -> None:
    """A short name one letter off may be another country or place, and is not corrected."""
    assert resolve(shipped, "Iraq").label == "Iraq"
    assert resolve(shipped, "Iran").label == "Iran"
    with pytest.raises(UnknownName) as caught:
        resolve(shipped, "Oran")
    assert "Iran" in caught.value.suggestions or caught.value.suggestions == ()


def test_suggestions_know_words_in_any_order(shipped) -> None:
    """A name with its words turned round is suggested."""
    with pytest.raises(UnknownName) as caught:
        resolve(shipped, "treaty of friendship of 2001 with the Chinese")
    assert any("Treaty" in label for label in caught.value.suggestions)


def test_a_very_long_name_is_not_echoed(shipped) -> None:
    """A name of absurd length is refused without being repeated."""
    with pytest.raises(UnknownName, match="leads nowhere") as caught:
        resolve(shipped, "x" * 100_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("typed", ["arms", "army", "ruse", "S-400", "Su-29", "SIPRI Yearbook 2005"])
def test_another_number_or_a_code_is_no_typing_error(shipped, typed: str) -> None:
    """A code of three letters is not read into a word, and another number is another thing."""
    with pytest.raises(UnknownName):
        resolve(shipped, typed)


def test_the_beginning_of_a_name_suggests_it(shipped) -> None:
    """Of many names with the word typed, those that begin with it are suggested first."""
    with pytest.raises(UnknownName) as caught:
        resolve(shipped, "trade")
    assert "trade and investment" in caught.value.suggestions

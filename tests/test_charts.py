"""Pictures for a paper: every kind fits its page, whatever the names, and says what is wrong."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph import charts, open_graph
from diplograph.charts.canvas import BLUE, COLOURS, FORMS
from diplograph_cli.app import cli

from .charted import ARMS, texts

KINDS = {
    "timeline": ("Shanghai Five",), "matrix": (), "transfers": (), "figures": (),
    "network": ("SCO",), "ontology": (),
}  # fmt: skip


def run(*arguments: str):
    """The command line's answer."""
    return CliRunner().invoke(cli, ["draw", *arguments])


# --- every kind ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("columns", [1, 2])
def test_every_kind_says_what_it_shows_and_fits_its_width(shipped, kind: str, columns: int) -> None:
    """Title, sources and date are in the picture, which has the width asked for and fits a page."""
    made = charts.chart(kind, *KINDS[kind], graph=shipped, columns=columns)
    words = " ".join(texts(made))
    assert made.title.split()[0] in words
    assert "Source" in words
    assert any(w in words for w in ("As told up to 2007.", "Version"))
    width, height = made.figure.get_size_inches() * 25.4
    assert width == pytest.approx({1: 85.0, 2: 180.0}[columns])
    assert height < 250
    assert min(t.get_fontsize() for t in made.figure.findobj(_text())) >= 5.0


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=[] if kind in ("timeline", "matrix") else pytest.mark.thorough)
        for kind in KINDS
    ],
)
@pytest.mark.parametrize(
    "combinations",
    [((1, 90), (2, 300)), pytest.param(((2, 90), (1, 300)), marks=pytest.mark.thorough)],
    ids=["some", "others"],
)
def test_no_text_leaves_the_picture(shipped, kind: str, combinations) -> None:
    """No text is cut off by an edge of the sheet."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    for columns, dpi in combinations:
        made = charts.chart(kind, *KINDS[kind], graph=shipped, columns=columns)
        made.figure.set_dpi(dpi)
        canvas = FigureCanvasAgg(made.figure)
        with charts.styled():
            canvas.draw()
        width, height = canvas.get_width_height()
        for text in made.figure.findobj(_text()):
            if text.get_text() and text.get_visible():
                box = text.get_window_extent(canvas.get_renderer())
                assert box.x0 >= -1, text.get_text()
                assert box.x1 <= width + 1, text.get_text()
                assert box.y0 >= -1, text.get_text()
                assert box.y1 <= height + 1, text.get_text()


def _text() -> type:
    from matplotlib.text import Text

    return Text


@pytest.mark.parametrize(
    "form", [pytest.param(f, marks=[] if f == "svg" else pytest.mark.thorough) for f in FORMS]
)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_graph_gives_the_same_bytes(shipped, kind: str, form: str) -> None:
    """Neither time nor chance is in a picture."""
    one, two = (
        charts.chart(kind, *KINDS[kind], graph=shipped, columns=1).to_bytes(form, dpi=60)
        for _ in range(2)
    )
    assert one == two
    assert b"matplotlib" not in one[:4000].lower() or form == "svg"


def test_the_readers_own_matplotlib_changes_nothing(shipped) -> None:
    """A style that the reader has set is neither used nor lost."""
    import matplotlib as mpl

    plain = charts.chart("matrix", graph=shipped).to_bytes("svg")
    with mpl.rc_context({"font.size": 30.0, "axes.facecolor": "red", "svg.hashsalt": "mine"}):
        assert charts.chart("matrix", graph=shipped).to_bytes("svg") == plain
        assert mpl.rcParams["font.size"] == 30.0


def test_colours_are_apart_for_the_colour_blind() -> None:
    """The colours are those of Okabe and Ito."""
    assert BLUE in COLOURS
    assert len(set(COLOURS)) == 8


# --- hostile names and wrong calls ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("timeline", ("Alba",)),
        ("transfers", ("Alba", "Borea")),
        ("network", ("Borea",)),
        ("figures", ("Alba",)),
    ],
)
def test_hostile_names_are_shown_as_text(arms, kind: str, names: tuple[str, ...]) -> None:
    """Marks of mathematics and of HTML are letters like others, in every form."""
    made = charts.chart(kind, *names, graph=arms)
    if kind in ("timeline", "network"):
        assert any("$" in text for text in texts(made))
    assert r"$\frac" in made.title or kind == "network"
    for form in FORMS:
        assert made.to_bytes(form, dpi=50)
    assert b"<b>" not in made.to_bytes("svg")


def test_letters_that_the_font_lacks_are_no_error(write_graph) -> None:
    """What cannot be drawn is shown as a replacement mark, without a warning."""
    body = ARMS.replace('"Borea $x"', '"中国 Borea\\u202e\\u0007"')
    made = charts.chart(
        "network", "https://example.org/borea", graph=open_graph(str(write_graph(body)))
    )
    made.to_bytes("png", dpi=50)
    assert any("\ufffd\ufffd Borea" in text for text in texts(made))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["--as", "sketch"], "is not one of 'page', 'timeline'"),
        (["--as", "matrix", "-o", "x.gif"], "x.gif: a picture ends in .svg, .png, .pdf or .html."),
        (["-o", "x.svg"], "x.svg: a page is HTML; for a picture say which with --as"),
        (["--as", "timeline", "-o", "x.svg"], "takes one name or two, not 0."),
        (["--as", "network", "China", "Russia", "-o", "x.svg"], "takes one name, not 2."),
        (["--as", "ontology", "--as-of", "2000", "-o", "x.svg"], "are of no time"),
        (["--as", "matrix", "--of", "oil", "-o", "x.svg"], "names figures"),
        (["--of", "oil"], "--of goes with --as figures."),
        (["--as", "matrix", "--depth", "2", "-o", "x.svg"], "--depth goes with the page only"),
        (["China", "Vietnam", "--as", "figures", "-o", "x.svg"], "No figure of China and Vietnam"),
        (["China", "India", "--as", "transfers", "-o", "x.svg"], "No arms transfer between"),
        (["--as", "matrix", "--as-of", "1600", "-o", "x.svg"], "no agreement of two parties"),
        (["China", "Turkmenistan", "--as", "transfers", "-o", "no/x.svg"], "there is no such folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_one_line(
    call: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong call, or nothing to draw, is one line and exit code 2, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    result = run(*call)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = run("--as", "matrix", "-o", "x.svg")
    assert result.exit_code == 2
    assert result.stderr.strip().endswith("pip install 'diplograph[pictures]'.")
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_what_the_library_draws(
    tmp_path: Path, shipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file has the library's bytes, under a name of its own where none is given."""
    monkeypatch.chdir(tmp_path)
    result = run("--as", "figures", "--of", "crude oil imports", "--columns", "1")
    assert (result.exit_code, result.stdout) == (0, "wrote figures.svg: 10 figures\n")
    made = charts.chart("figures", graph=shipped, of="crude oil imports", columns=1)
    assert (tmp_path / "figures.svg").read_bytes() == made.to_bytes("svg")
    assert [p.name for p in tmp_path.iterdir()] == ["figures.svg"]
    assert "note:" in result.stderr


@pytest.mark.thorough
def test_the_pictures_of_the_docs_are_made_by_a_command(tmp_path: Path) -> None:
    """docs/make_pictures.py writes every picture that docs/pictures.md shows."""
    docs = Path(__file__).parent.parent / "docs"
    spec = importlib.util.spec_from_file_location("make_pictures", docs / "make_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = (docs / "pictures.md").read_text(encoding="utf-8")
    assert all(f"images/{name}.png" in page for name in module.EXAMPLES)
    module.main(tmp_path)
    assert {p.stem for p in tmp_path.iterdir()} == set(module.EXAMPLES)

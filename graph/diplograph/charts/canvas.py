"""What all pictures share: measures of a printed page, colours, frame, and how they are saved.

Lengths are millimetres. A picture is as wide as one column of a paper (85 mm) or two (180 mm), its
smallest letters have 6 points, and its colours are those of Okabe and Ito, which the colour-blind
tell apart; what a colour says, a shape, a hatching or a word says too.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diplograph.charts.words import wrapped
from diplograph.errors import OptionError

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "BLACK", "BLUE", "COLOURS", "FORMS", "GREEN", "GREY", "HATCH", "LIGHT", "LINE", "MIDDLE",
    "ORANGE", "PALE", "PURPLE", "RED", "SKY", "SMALL", "WIDTHS", "YELLOW", "Frame", "Sheet",
    "Shown", "installed", "saved", "styled",
]  # fmt: skip

WIDTHS = {1: 85.0, 2: 180.0}
"""Widths of a picture by the columns of a paper that it fills."""

FORMS = ("svg", "png", "pdf")
"""The forms in which a picture is written, which are also the endings of its files."""

BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
PURPLE, SKY, YELLOW, BLACK = "#CC79A7", "#56B4E9", "#F0E442", "#000000"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, RED, BLACK, YELLOW)
GREY, MIDDLE, LIGHT, PALE = "#444444", "#8a8a8a", "#c8c8c8", "#f2f2f2"
HATCH = "//////"
"""The hatching of estimates."""

TITLE, SMALL = 9.0, 6.0
"""Sizes of letters in points: of the title, and the smallest."""
LINE = 2.6
"""Height of a line of the smallest letters."""
_EDGE = 2.0
_DPI = 300


@dataclass(frozen=True)
class Frame:
    """What stands around a picture: its title, what it shows, and lines of sources and notes."""

    title: str
    subtitle: str = ""
    foot: tuple[str, ...] = ()


def installed() -> None:
    """Raise :class:`~diplograph.errors.OptionError` where matplotlib is not installed."""
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise OptionError(
            "matplotlib is not installed: pip install 'diplograph[pictures]'."
        ) from None


@contextmanager
def styled() -> Iterator[None]:
    """The settings of pictures for a while, whatever those of the reader's own matplotlib are."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({
            "text.parse_math": False,
            "text.usetex": False,
            "text.hinting": "none",  # so that a text is as wide at any number of dots an inch
            "axes.formatter.use_mathtext": False,
            "axes.unicode_minus": True,
            "font.family": "DejaVu Sans",
            "font.size": SMALL,
            "axes.linewidth": 0.5,
            "axes.edgecolor": GREY,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.labelsize": SMALL,
            "axes.titlesize": 7.0,
            "xtick.labelsize": SMALL,
            "ytick.labelsize": SMALL,
            "xtick.major.width": 0.5,
            "ytick.major.width": 0.5,
            "xtick.major.size": 2.0,
            "ytick.major.size": 2.0,
            "xtick.major.pad": 1.5,
            "ytick.major.pad": 1.5,
            "hatch.linewidth": 0.5,
            "legend.frameon": False,
            "svg.hashsalt": "diplograph",
            "svg.fonttype": "path",
            "pdf.fonttype": 42,
            "savefig.facecolor": "white",
            "path.simplify": False,
        })  # fmt: skip
        yield


@dataclass(frozen=True)
class Shown:
    """A mark of a picture: what it is called, the facts (IRIs) that it shows, and its name in SVG.

    What it is drawn as has the names ``<name>.0``, ``<name>.1`` and so on.
    """

    name: str
    label: str
    facts: tuple[str, ...]


class Sheet:
    """A figure with its title above, its lines of sources and notes below, and room between.

    ``marks`` are what in it shows facts.
    """

    def __init__(self, columns: int, body: float, frame: Frame) -> None:
        from matplotlib.figure import Figure

        self.marks: list[Shown] = []

        self.width = WIDTHS[columns]
        room = self.width - 2 * _EDGE
        title = wrapped(frame.title, room, TITLE, bold=True)
        subtitle = wrapped(frame.subtitle, room, 7.0) if frame.subtitle else []
        foot = [line for text in frame.foot for line in wrapped(text, room, SMALL)]
        head = _EDGE + 4.0 * len(title) + 3.2 * len(subtitle) + 1.5
        below = 1.5 + LINE * len(foot) + _EDGE if foot else _EDGE
        self.body = body
        self.height = head + body + below
        self.bottom = below
        self.figure: Figure = Figure(figsize=(self.width / 25.4, self.height / 25.4), dpi=_DPI)
        top = self.height - _EDGE
        for line in title:
            self.text(_EDGE, top, line, size=TITLE, weight="bold", va="top")
            top -= 4.0
        for line in subtitle:
            self.text(_EDGE, top, line, size=7.0, color=GREY, va="top")
            top -= 3.2
        top = below - 1.5
        for line in foot:
            self.text(_EDGE, top, line, color=GREY, va="top")
            top -= LINE

    def text(self, x: float, y: float, text: str, size: float = SMALL, **style: Any) -> None:
        """A text at a place of the sheet, in millimetres from its lower left."""
        self.figure.text(x / self.width, y / self.height, text, fontsize=size, **style)

    def mark(self, label: str, facts: Iterable[str], drawn: Iterable[Artist]) -> None:
        """Say what the artists show: facts, under a label."""
        made = Shown(f"mark-{len(self.marks)}", label, tuple(facts))
        for number, artist in enumerate(drawn):
            artist.set_gid(f"{made.name}.{number}")
        self.marks.append(made)

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Axes at a place of the body, whose lower left corner is (0, 0)."""
        return self.figure.add_axes(
            (
                left / self.width,
                (self.bottom + bottom) / self.height,
                width / self.width,
                height / self.height,
            )
        )

    def plain(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Axes without lines and ticks, whose units are millimetres from their lower left."""
        axes = self.axes(left, bottom, width, height)
        axes.set_axis_off()
        axes.set_xlim(0, width)
        axes.set_ylim(0, height)
        return axes


def saved(figure: Figure, form: str, frame: Frame, dpi: int = _DPI) -> bytes:
    """A figure as a file: the same figure gives the same bytes."""
    told = " ".join(frame.foot)
    metadata: dict[str, dict[str, Any]] = {
        "svg": {
            "Date": None, "Creator": "diplograph", "Title": frame.title, "Description": told,
        },
        "png": {"Software": "diplograph", "Title": frame.title, "Description": told},
        "pdf": {"CreationDate": None, "Creator": "diplograph", "Producer": None,
                "Title": frame.title, "Subject": told},
    }  # fmt: skip
    if form not in metadata:
        raise OptionError(f"“{form}” is no form of picture; use one of {', '.join(FORMS)}.")
    file = io.BytesIO()
    with styled():
        figure.savefig(file, format=form, metadata=metadata[form], dpi=dpi)
    return file.getvalue()


def nice_step(span: float, most: int, steps: Sequence[float] = (1, 2, 5)) -> float:
    """The least of 1, 2, 5, 10, 20 … by which a span has at most so many steps."""
    size = 1.0
    while True:
        for step in steps:
            if span / (step * size) <= most:
                return step * size
        size *= 10

"""Pictures for a paper: timelines, matrices, bars, series of figures, networks and classes.

A picture is a file in SVG, PNG or PDF, as wide as one column of a paper or two, or a page in HTML
whose marks tell the facts that they show. It has a title, its axes and units, the sources of what
it shows, and the date of its data or as of which it stands. The same graph gives the same bytes. It
is drawn by matplotlib, which comes with ``pip install 'diplograph[pictures]'`` and is loaded only
where a picture is drawn.

>>> made = chart("matrix")
>>> made.title, made.found.of("https://w3id.org/diplograph/id/country/china",
...     "https://w3id.org/diplograph/id/country/kazakhstan")
('Who has agreements with whom', 5)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diplograph import spoken
from diplograph.charts.asked import Asked
from diplograph.charts.canvas import FORMS, WIDTHS, Frame, Shown, installed, saved, styled
from diplograph.errors import OptionError
from diplograph.files import replace_file, writable
from diplograph.model import Include
from diplograph.store import Graph, open_graph

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diplograph.charts.canvas import Sheet

__all__ = ["FORMS", "KINDS", "PAGE", "Chart", "WrittenChart", "chart", "form_of", "write_chart"]

KINDS = {
    "timeline": "the facts about one entity or between two, in lanes by kind",
    "matrix": "who has agreements with whom, by their number",
    "transfers": "arms transfers by the year of the order and by class",
    "figures": "series of figures, those of each source apart",
    "network": "what facts tie to one entity",
    "ontology": "the classes of the vocabulary",
}
"""The kinds of picture, and what each shows."""

PAGE = "html"
"""The form of a page that shows a picture and tells its facts."""

_NAMES = {
    "timeline": (1, 2), "matrix": (0, 1), "transfers": (0, 2), "figures": (0, 2),
    "network": (1, 1), "ontology": (0, 0),
}  # fmt: skip
"""The least and the most names that each kind takes."""


@dataclass(frozen=True, eq=False)
class Chart:
    """A picture: its kind, its title, what it shows, and the figure of matplotlib that shows it.

    ``found`` is what was found in the graph, a record of the kind of picture: see the modules of
    :mod:`diplograph.charts.found`. ``shown`` is how many things it draws, in words; ``notes`` are
    the lines under the picture; ``marks`` are what in it shows facts, and which; ``columns`` of a
    paper is how wide it is.
    """

    kind: str
    found: Any
    figure: Figure
    shown: str
    frame: Frame
    marks: tuple[Shown, ...] = ()
    asked: Asked | None = None
    columns: int = 2

    @property
    def title(self) -> str:
        """What stands above the picture."""
        return self.frame.title

    @property
    def notes(self) -> tuple[str, ...]:
        """The lines of sources and notes under the picture."""
        return self.frame.foot

    def to_bytes(self, form: str = "svg", dpi: int = 300) -> bytes:
        """The picture as a file in one of the :data:`FORMS`; ``dpi`` is of PNG alone.

        ``html`` is a page that works offline (:mod:`diplograph.charts.page`). Raises
        :class:`~diplograph.errors.OptionError` for a form that is none, and for the page of a
        picture that shows no facts; :class:`~diplograph.errors.SourceError` for a page with
        ``sources`` that are not there.

        >>> made = chart("ontology")
        >>> made.to_bytes("svg")[:5], made.to_bytes("svg") == made.to_bytes("svg")
        (b'<?xml', True)
        """
        if form == PAGE:
            from diplograph.charts.page import to_page

            return to_page(self).encode("utf-8")
        return saved(self.figure, form, self.frame, dpi)


@dataclass(frozen=True)
class WrittenChart:
    """A picture that was written: where, of which kind, what it shows, in words, and its notes."""

    path: Path
    kind: str
    shown: str
    notes: tuple[str, ...] = ()


def chart(
    kind: str,
    *names: str,
    graph: Graph | None = None,
    as_of: str | None = None,
    include: str | Include = Include.CONCLUDED,
    of: str | None = None,
    columns: int = 2,
    sources: str | Path | None = None,
) -> Chart:
    """A picture of one of the :data:`KINDS`, as a figure of matplotlib.

    ``timeline`` takes one name or two, ``network`` one; ``matrix`` shows all parties or the
    agreements of one, ``transfers`` and ``figures`` all of the graph, of one entity, or between
    two. ``as_of`` is a date in words or an EDTF expression; what had not happened or did not hold
    by then is left out. ``include`` widens what counts, as in :func:`diplograph.links`: without it
    what is pending, reported, rumoured or denied is left out, and counted under the picture.
    ``of`` names the table or the measure of which figures are drawn. ``columns`` of a paper, 1 (85
    millimetres) or 2 (180), is how wide it is. With ``sources``, the folder of the reader's own
    copies, passages are quoted where the picture is made a page.

    Raises :class:`~diplograph.errors.OptionError` where there is nothing to draw, with the reason,
    where the arguments do not go together, and where matplotlib is not installed;
    :class:`~diplograph.errors.UnknownName`, :class:`~diplograph.errors.AmbiguousName`,
    :class:`~diplograph.errors.DateError`.

    >>> made = chart("figures", of="crude oil imports")
    >>> [figure.low for figure in made.found.series[0].figures][-1]
    15.8
    """
    _check(kind, names, as_of, of, columns)
    installed()
    if include not in list(Include):
        raise OptionError(f"include “{include}” is none of {', '.join(Include)}.")
    asked = Asked(
        graph or open_graph(),
        None if as_of is None else spoken.read(as_of),
        Include(include),
        Path(sources) if sources else None,
    )
    found, (sheet, frame), shown = _drawn(kind, asked, names, of, columns)
    return Chart(kind, found, sheet.figure, shown, frame, tuple(sheet.marks), asked, columns)


def write_chart(
    path: str | Path,
    kind: str,
    *names: str,
    graph: Graph | None = None,
    as_of: str | None = None,
    include: str | Include = Include.CONCLUDED,
    of: str | None = None,
    columns: int = 2,
    sources: str | Path | None = None,
) -> WrittenChart:
    """Draw into a file, which is replaced only when the picture is complete; see :func:`chart`.

    The ending of its name, one of the :data:`FORMS` or ``html``, says the form. Raises what
    :func:`chart` raises, and :class:`~diplograph.errors.OptionError` where the ending is none of
    them or the file cannot be written.
    """
    form = form_of(path)
    target = writable(path, f"{kind}.svg")
    made = chart(
        kind, *names, graph=graph, as_of=as_of, include=include, of=of, columns=columns,
        sources=sources,
    )  # fmt: skip
    replace_file(target, made.to_bytes(form))
    return WrittenChart(target, kind, made.shown, made.notes[1:])


def form_of(path: str | Path) -> str:
    """The form of picture that the ending of a file's name says.

    Raises :class:`~diplograph.errors.OptionError` where it says none.

    >>> form_of("oil.SVG")
    'svg'
    """
    ending = Path(path).suffix.lower().lstrip(".")
    if ending not in (*FORMS, PAGE):
        raise OptionError(
            f"{Path(path).name}: a picture ends in {', '.join('.' + f for f in FORMS)} or .{PAGE}."
        )
    return ending


def _check(
    kind: str, names: tuple[str, ...], as_of: str | None, of: str | None, columns: int
) -> None:
    if kind not in KINDS:
        raise OptionError(f"“{kind}” is no kind of picture; there are: {', '.join(KINDS)}.")
    least, most = _NAMES[kind]
    if not least <= len(names) <= most:
        wanted = {
            (0, 0): "no name", (0, 1): "no name or one", (0, 2): "no name, one or two",
            (1, 1): "one name", (1, 2): "one name or two",
        }[least, most]  # fmt: skip
        raise OptionError(f"a picture of the kind {kind} takes {wanted}, not {len(names)}.")
    if columns not in WIDTHS:
        raise OptionError(f"a picture fills 1 or 2 columns of a paper, not {columns}.")
    if of is not None and kind != "figures":
        raise OptionError(f"“{of}” names figures; a picture of the kind {kind} has none to choose.")
    if as_of is not None and kind == "ontology":
        raise OptionError("the classes of the vocabulary are of no time; leave the date out.")


def _drawn(
    kind: str, asked: Asked, names: tuple[str, ...], of: str | None, columns: int
) -> tuple[Any, tuple[Sheet, Frame], str]:
    """What was found, the sheet that shows it with its frame, and how much that is."""
    from diplograph.charts.words import counted

    narrow = columns == 1
    with styled():
        if kind == "timeline":
            from diplograph.charts.drawn.timeline import draw_timeline
            from diplograph.charts.found.timeline import find_timeline

            time = find_timeline(asked, *names)
            shown = counted(sum(lane.facts for lane in time.lanes), "fact")
            return time, draw_timeline(time, columns), shown
        if kind == "matrix":
            from diplograph.charts.drawn.matrix import draw_matrix
            from diplograph.charts.found.matrix import find_matrix

            matrix = find_matrix(asked, names[0] if names else None, 14 if narrow else 30)
            shown = counted(matrix.agreements, "agreement")
            return matrix, draw_matrix(matrix, columns), shown
        if kind == "transfers":
            from diplograph.charts.drawn.transfers import draw_transfers
            from diplograph.charts.found.transfers import find_transfers

            arms = find_transfers(asked, *names)
            return arms, draw_transfers(arms, columns), counted(len(arms.deals), "transfer")
        if kind == "figures":
            from diplograph.charts.drawn.figures import draw_figures
            from diplograph.charts.found.figures import find_figures

            series = find_figures(asked, *names, of=of, most=5 if narrow else 8)
            number = sum(len(one.figures) for one in series.series)
            return series, draw_figures(series, columns), counted(number, "figure")
        if kind == "network":
            from diplograph.charts.drawn.network import draw_network
            from diplograph.charts.found.network import find_network

            ego = find_network(asked, names[0], 30 if narrow else 60)
            shown = counted(len(ego.near) + 1, "entity", "entities")
            return ego, draw_network(ego, columns), shown
        from diplograph.charts.drawn.ontology import draw_ontology
        from diplograph.charts.found.ontology import find_ontology

        classes = find_ontology(asked)
        shown = counted(classes.classes, "class", "classes")
        return classes, draw_ontology(classes, columns), shown

"""Pages in a real browser, cut off from every network: they draw, ask for nothing, and run nothing."""

from __future__ import annotations

import csv
import io
import re
import struct
from xml.etree import ElementTree

import networkx as nx
import pytest

from diplograph import render
from diplograph.render.page import to_html
from diplograph.store import open_graph

from .browser import AXE, KINDS, SIZES, missing
from .test_render import HOSTILE_GRAPH, many_agreements

if reason := missing():
    pytest.skip(reason, allow_module_level=True)

THOROUGH = pytest.mark.thorough
JUDGED = {("around", "dark")}


@pytest.fixture
def alba(made_up):
    """The made-up links between Alba and Borea."""
    return render.draw(open_graph(made_up), between=("Alba", "Borea"))


# --- it draws, quietly ---------------------------------------------------------------------------


SIGHTS = {("links", "desktop"), ("links", "phone"), ("around", "tablet"), ("whole", "desktop")}


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        pytest.param(kind, size, marks=[] if (kind, size) in SIGHTS else THOROUGH)
        for kind in KINDS
        for size in SIZES
    ],
)
def test_page_is_drawn_without_an_error(show, pages, tmp_path, kind, size):
    """Each picture is drawn with labels at each size, light and dark; nothing asked, nothing refused."""
    for scheme in ("light", "dark") if size == "phone" else ("light",):
        shown = show(pages(kind), size, scheme)
        assert shown.labels() > 5
        wide = shown.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, "the page is wider than the window"
        shot = tmp_path / f"{kind}-{size}-{scheme}.png"
        shown.page.screenshot(path=shot)
        assert shot.stat().st_size > 10_000
        shown.quiet()


def test_the_whole_graph_opens_at_once(show, pages):
    """The whole graph stands still and is ready soon, and no node has moved from its place."""
    shown = show(pages("whole"))
    took = shown.page.evaluate(
        "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    )
    assert took < 10_000  # on any machine; docs/page.md has the measure
    assert shown.page.evaluate("data.nodes.every(node => Number.isFinite(node.x + node.y))")


@pytest.mark.parametrize(("count", "groups"), [(72, 0), (160, 3)])
def test_all_of_many_agreements_are_named_or_in_a_group(show, write_graph, count, groups):
    """Seventy agreements between two parties all have their label; more stand in groups by years."""
    graph = open_graph(write_graph(many_agreements(count)))
    shown = show(render.draw(graph, between=("Alba", "Borea")), "laptop")
    assert shown.labels() == (groups or count) + 2
    sizes = shown.page.evaluate("(data.bunches ?? []).map(mark => mark.holds.length)")
    assert len(sizes) == groups
    assert sum(sizes) == (count if groups else 0)
    assert f"{count} agreements concluded" in shown.page.inner_text("#when")
    for number, size in enumerate(sizes):
        shown.page.evaluate("number => openBunch(data.bunches[number].id)", number)
        shown.until(f"state.open === data.bunches[{number}].id")
        assert shown.labels() == size + 2
    shown.quiet()


def test_policy_refuses_what_was_put_into_the_page(show, made_up):
    """A script or an image added to a finished page is refused, and the page says so."""
    attack = '<img src="https://example.org/x.png"><script>document.title = "taken"</script>'
    shown = show(render.draw(open_graph(made_up)).replace("</body>", attack + "</body>"))
    error = shown.root("error")
    assert "img-src https://example.org" in error
    assert "script-src" in error
    assert shown.page.title() != "taken"


# --- time ----------------------------------------------------------------------------------------

DAYS = ("1950-01-01", "2000-07-17", "2001-07-15")
MORE_DAYS = ("1996-04-26", "2001-06-20", "2007-12-31")
READ = """day => {
  setDay(dayOf(day)); refresh();
  return {
    nodes: data.all.nodes.filter(node => node.there).map(node => [node.id, node.mutedNow]),
    lines: data.all.ties.filter(tie => tie.there).map(tie => [tie.ends, tie.live, tie.dashedNow]),
    facts: data.facts.certainty.flatMap((sure, fact) => data.facts.on[fact] ? [[fact, sure]] : []),
  };
}"""


@pytest.mark.parametrize(
    "days", [DAYS, pytest.param(MORE_DAYS, marks=THOROUGH)], ids=["some", "more"]
)
@pytest.mark.parametrize(
    ("which", "options"),
    [
        ("shipped", {"between": ("China", "Russia")}),
        ("shipped", {"around": "Shanghai Five"}),
        pytest.param("shipped", {"around": "Gazprom", "depth": 2}, marks=THOROUGH),
        pytest.param("shipped", {"around": "United States", "include": "pending"}, marks=THOROUGH),
        ("made up", {"include": "any"}),
        pytest.param("made up", {}, marks=THOROUGH),
    ],
    ids=str,
)
def test_the_page_as_of_a_date_is_the_picture_of_that_date(
    show, shipped, made_up, which, options, days
):
    """At each date the page shows the entities, lines and facts that --as-of draws, as certain."""
    graph = shipped if which == "shipped" else open_graph(made_up)
    every = render.picture(graph, **options)
    page = show(to_html(every)).page
    entities = [node.entity.id for node in every.nodes]
    facts = [fact.id for fact in every.facts]
    for day in days:
        told = page.evaluate(READ, day)
        then = render.picture(graph, as_of=day, **options)
        nodes = {entities[node]: muted for node, muted in told["nodes"]}
        assert nodes.keys() == {n.entity.id for n in then.nodes if not n.stands_for_others}, day
        if "between" in options:
            assert nodes == {node.entity.id: node.muted for node in then.nodes}, day
        lines = {
            frozenset(entities[end] for end in ends): (frozenset(facts[f] for f in live), dashed)
            for ends, live, dashed in told["lines"]
        }
        assert lines == {
            frozenset((e.one, e.two)): (frozenset(e.facts), e.dashed) for e in then.edges
        }, day
        certain = {
            facts[fact]: ("no", "possibly", "definitely")[sure] for fact, sure in told["facts"]
        }
        assert certain == {fact.id: fact.holds for fact in then.facts}, day


def test_a_treaty_is_proposed_before_it_is_signed(show, pages):
    """As of September 2000 the friendship treaty is under negotiation, as of 2002 it is concluded."""
    shown = show(pages("links"))
    treaty = "data.nodes.find(node => node.label.startsWith('Treaty of Good'))"
    shown.as_of("2000-09-01")
    assert shown.page.inner_text("#when").startswith(
        "As of 1 September 2000: 36 agreements concluded"
    )
    assert shown.page.evaluate(f"[{treaty}.noteNow, {treaty}.mutedNow]") == [
        "(under negotiation)",
        True,
    ]
    shown.as_of("2002-01-01")
    assert shown.page.evaluate(f"[{treaty}.noteNow, {treaty}.mutedNow]") == ["", False]
    shown.quiet()


def test_slider_goes_by_months_and_says_the_date(show, alba):
    """Moving the slider shows the graph as of the end of a month, and says of what day."""
    shown = show(alba)
    before = shown.labels()
    shown.page.focus("#day")
    for _ in range(3):
        shown.page.keyboard.press("Home")
    assert shown.page.input_value("#mode") == "day"
    assert re.match(r"As of \d+ \w+ \d{4}: ", shown.page.inner_text("#when"))
    assert re.match(r"\d+ \w+ \d{4}", shown.page.get_attribute("#day", "aria-valuetext"))
    assert shown.labels() < before
    assert "Gas deal" not in shown.on()
    shown.page.keyboard.press("End")
    assert "Gas deal" in shown.on()
    shown.quiet()


@THOROUGH
def test_play_runs_to_the_end_and_stops(show, alba):
    """The play button goes through the dates, can be stopped, and stops by itself at the end."""
    shown = show(alba)
    shown.page.click("#play")
    assert "Pause" in shown.page.inner_text("#play")
    first = shown.page.inner_text("#when")
    shown.until(f"document.getElementById('when').textContent !== {first!r}")
    shown.page.click("#play")
    assert "Play" in shown.page.inner_text("#play")
    shown.page.click("#play")
    shown.until("playing === null")
    assert shown.page.evaluate("state.day === steps.at(-1)")
    shown.quiet()


def test_years_hide_what_lies_outside(show, alba):
    """With the last year moved before a deal, it is gone; what has no date stays."""
    shown = show(alba)
    shown.page.select_option("#mode", "span")
    assert "Gas deal" in shown.on()
    shown.page.evaluate(
        "(to => { to.value = 2001; to.dispatchEvent(new Event('input')); })(document.getElementById('to'))"
    )
    assert "Gas deal" not in shown.on()
    assert {"Alba", "Borea", "Pact"} <= shown.on()
    shown.quiet()


def test_a_page_as_of_a_date_offers_no_other_date(show, made_up):
    """A page that was made as of a date holds nothing of others, and so does not offer them."""
    shown = show(render.draw(open_graph(made_up), between=("Alba", "Borea"), as_of="2002"))
    assert shown.page.evaluate(
        "[...document.getElementById('mode').options].map(o => o.value)"
    ) == ["all", "span"]
    assert not shown.page.is_visible("#play")
    shown.quiet()


def test_what_is_uncertain_is_shown_so(show, made_up):
    """As of a day in 2003 the gas deal of about 2003 is there possibly, and the panel says so."""
    shown = show(render.draw(open_graph(made_up), between=("Alba", "Borea")))
    shown.as_of("2003-06-01")
    shown.page.fill("#find", "gas deal")
    shown.page.keyboard.press("Enter")
    assert "(possibly)" in shown.page.inner_text("#chosen .kind >> nth=0")
    assert "possibly as of 1 June 2003" in shown.page.inner_text("#chosen")
    assert shown.page.evaluate("data.ties.some(tie => tie.on && tie.possibly)")


# --- filters, search, panel ----------------------------------------------------------------------


def test_legend_hides_a_class(show, alba):
    """A button of the legend hides and shows a class."""
    shown = show(alba)
    button = shown.page.locator(".legend button", has_text="Organization")
    assert "Alba Oil" in shown.on()
    button.press("Enter")
    assert button.get_attribute("aria-pressed") == "false"
    assert "Alba Oil" not in shown.on()
    button.click()
    assert "Alba Oil" in shown.on()


def test_stages_grades_and_sources_are_filtered(show, pages):
    """Unticking a stage, a grade or a source leaves out what only it tells of, also in the tables."""
    shown = show(pages("links"))
    page = shown.page
    every = shown.on()
    button = page.locator("button", has_text="Filter")
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    page.get_by_label("mitchell-2007").uncheck()
    assert "1 off" in button.inner_text()
    assert "Su-33 deal of 2006" in every - shown.on()
    shown.until("!document.getElementById('partly').hidden")
    rows = page.locator("#facts tbody tr:visible")
    assert 0 < rows.count() < page.locator("#facts tbody tr").count()
    assert "mitchell-2007," not in rows.locator(".passages").first.inner_text()
    page.get_by_label("mitchell-2007").check()
    for name in ("signed", "agreed", "in force"):
        page.get_by_label(re.compile(rf"^\s*{name}")).uncheck()
    assert "Beijing Declaration" not in shown.on()
    page.get_by_label(re.compile(r"^\s*rumoured")).uncheck()
    page.click("#everything")
    assert shown.on() == every
    page.keyboard.press("Escape")
    assert not page.is_visible("#choices")
    assert button.evaluate("node => node === document.activeElement")
    shown.quiet()


def test_search_completes_by_keyboard(show, pages):
    """The search lists what it finds as a listbox; arrow keys and Enter choose."""
    shown = show(pages("links"))
    box = shown.page.get_by_role("combobox", name="Find")
    box.fill("beijing decl")
    assert box.get_attribute("aria-expanded") == "true"
    assert shown.page.get_by_role("option").first.inner_text().startswith("Beijing Declaration")
    box.press("ArrowDown")
    assert (
        shown.page.locator(f"#{box.get_attribute('aria-activedescendant')}").get_attribute(
            "aria-selected"
        )
        == "true"
    )
    box.press("Enter")
    assert box.get_attribute("aria-expanded") == "false"
    assert shown.page.inner_text("#chosen h2") == "Beijing Declaration"
    shown.quiet()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("freindship treaty", "Treaty of Good-Neighborliness"),
        ("beijng declartion", "Beijing Declaration"),
        ("PRC", "China"),
    ],
)
def test_search_forgives_typing_errors_and_knows_other_names(show, pages, typed, label):
    """Transposed, missing or wrong letters still find; so do the other names of an entity."""
    page = show(pages("links")).page
    page.fill("#find", typed)
    assert page.get_by_role("option").first.inner_text().startswith(label)


def test_choosing_shows_the_facts_as_text(show, alba):
    """The panel has facts, dates, stages, passages, and both sides of a conflict."""
    shown = show(alba)
    shown.page.fill("#find", "pact")
    shown.page.keyboard.press("Enter")
    told = shown.page.inner_text("#chosen")
    for text in (
        "Pact",
        "The Pact was signed.",
        "May 2001",
        "signed",
        "made-up [21–30]",
        "May against June.",
    ):
        assert text in told
    sides = shown.page.locator("#chosen .conflict").first.locator(".sides > div")
    assert sides.count() == 2
    assert {"The Pact was signed." in side for side in sides.all_inner_texts()} == {True, False}
    for side in sides.all_inner_texts():
        assert re.search(r"made-up \[\d+–\d+\]", side)
    shown.quiet()


@pytest.mark.thorough
def test_a_path_is_found_by_shift_and_by_the_panel(show, pages):
    """A second entity chosen with Shift, or after “Path from here”, shows the steps between the two."""
    shown = show(pages("hub"))
    page = shown.page
    for end, begun in (("Su-30MK to China", False), ("Gazprom", True)):
        page.fill("#find", end)
        page.keyboard.press("Enter")
        if not begun:
            page.get_by_role("button", name="Path from here").click()
            assert "choose the other end" in page.inner_text("#chosen")
    assert re.match("From Su-30MK to China.* to Gazprom", page.inner_text("#chosen h2"))
    steps = page.locator("#chosen .steps > li")
    assert steps.count() >= 2
    assert page.evaluate("state.path.nodes.length") == steps.count() + 1
    page.get_by_role("button", name="Close", exact=True).click()
    page.click("#all")
    spot = page.evaluate(
        "['China', 'Russia'].map(label => { const at = view.snapshot().at; const n = data.nodes.find(n => n.label === label);"
        " const b = document.getElementById('canvas').getBoundingClientRect(); const p = at(n.x, n.y); return [p.x + b.x, p.y + b.y]; })"
    )
    page.mouse.click(*spot[0])
    shown.until("state.node !== null")
    page.keyboard.down("Shift")
    page.mouse.click(*spot[1])
    page.keyboard.up("Shift")
    shown.until("state.path !== null")
    assert page.inner_text("#chosen h2") == "From China to Russia"
    shown.quiet()


@pytest.mark.thorough
def test_neighbours_are_folded_and_unfolded(show, pages):
    """What hangs on an entity alone is folded into it, counted, and unfolded again."""
    shown = show(pages("hub"))
    there = "data.all.nodes.filter(node => node.there).map(node => node.label)"
    before = set(shown.page.evaluate(there))
    shown.page.fill("#find", "Russia")
    shown.page.keyboard.press("Enter")
    fold = shown.page.get_by_role("button", name=re.compile(r"Fold \d+"))
    count = int(re.search(r"\d+", fold.inner_text())[0])
    fold.click()
    assert len(before - set(shown.page.evaluate(there))) == count > 0
    shown.page.get_by_role("button", name=f"Unfold {count}").click()
    assert set(shown.page.evaluate(there)) == before
    shown.quiet()


def test_tables_are_sorted_by_their_heads(show, pages):
    """A button in each head sorts, says so by aria-sort, and turns the order when pressed again."""
    shown = show(pages("links"))
    head = shown.page.locator("#facts thead th", has_text="Date")
    dates = "[...document.querySelectorAll('#facts tbody .date')].map(cell => cell.dataset.k).filter(Boolean)"
    for order, falling in (("ascending", False), ("descending", True)):
        head.get_by_role("button").press("Enter")
        assert head.get_attribute("aria-sort") == order
        found = shown.page.evaluate(dates)
        assert found == sorted(found, reverse=falling)
    shown.page.locator("#entities thead button", has_text="Facts").click()
    counts = "[...document.querySelectorAll('#entities tbody .numbers')].map(cell => Number(cell.dataset.k))"
    found = shown.page.evaluate(counts)
    assert found == sorted(found)
    assert found[-1] > 9
    shown.page.locator("#entities thead button", has_text="Name").click()
    assert shown.page.locator("#entities tbody th").first.inner_text().startswith("Accord")
    shown.quiet()


# --- exports -------------------------------------------------------------------------------------


def hostile_page(write_graph) -> str:
    """A page with markup, links and marks of direction wherever a text can stand."""
    more = """
    ex:source a dg:Source ; dct:identifier "<img src=x onerror=alert(2)>" ; dct:title "x"@en ; dct:issued "2010"^^xsd:gYear .
    ex:alba skos:altLabel "=1+1|'javascript:alert(3)" , "\\u202Egnol\\u200F\\u200Eshort" .
    ex:s2 a dg:StageFact ; dg:of <javascript:alert(1)> ; dg:stage stage:agreed ; dg:when "2002" ; dg:grade grade:stated ;
        dg:statement "=HYPERLINK(\\"javascript:alert(4)\\") ]]> & \\u202E</text></svg><script>alert(5)</script>"@en ; dg:at "3-4" .
    ex:c a dg:Conflict ; dg:between ex:s , ex:s2 ; dg:detail "<svg onload=alert(6)>" .
    """
    return render.draw(open_graph(write_graph(HOSTILE_GRAPH + more)), between=("Alba", "Borea"))


def test_exports_hold_what_is_shown(show, pages):
    """PNG, SVG, CSV and GraphML of a view are sound files that hold what it shows and nothing else."""
    shown = show(pages("links"))
    shown.as_of("2000-09-01")
    nodes, facts = shown.on(), shown.page.evaluate("data.facts.on.filter(Boolean).length")
    png = shown.saved("png")
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">2I", png[16:24])[0] > 800
    svg = ElementTree.fromstring(shown.saved("svg"))
    texts = {element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")}
    assert "Beijing Declaration" in {text.strip() for text in texts if text}
    assert any("as of 1 September 2000" in text for text in texts if text)
    rows = list(csv.DictReader(io.StringIO(shown.saved("csv").decode("utf-8-sig"))))
    assert len(rows) == facts
    assert {row["holds"] for row in rows} == {"definitely", "possibly"}
    assert all(re.search(r"\[\d+–\d+\]|no passage", row["passages"]) for row in rows)
    network = nx.parse_graphml(shown.saved("graphml").decode("utf-8"), force_multigraph=True)
    assert {data["label"] for _, data in network.nodes(data=True)} == nodes
    assert network.number_of_edges() > len(nodes)
    assert any(
        data["statement" if "statement" in data else "label"]
        for *_, data in network.edges(data=True)
    )
    shown.quiet()


def test_hostile_labels_do_nothing(show, write_graph):
    """Markup in labels, names, sources and identifiers runs nothing, makes no element, is text in exports."""
    shown = show(hostile_page(write_graph))
    page = shown.page
    for query in ("img", "script", "onmouseover", "=1+1", "short"):
        page.fill("#find", query)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.locator("button", has_text="Filter").click()
    page.locator("#choices input").first.uncheck()
    page.click("#everything")
    page.fill("#find", "onmouseover")
    page.keyboard.press("Enter")
    assert "<svg onload=alert(6)>" in page.inner_text("#chosen")
    assert (
        page.evaluate(
            "document.querySelectorAll('img, b[onmouseover], svg[onload], a[href^=javascript]').length"
        )
        == 0
    )
    assert page.evaluate("document.scripts.length") == 3
    assert "\u202e" not in page.content()
    page.keyboard.press("Escape")
    svg = ElementTree.fromstring(shown.saved("svg"))
    assert {element.tag.rpartition("}")[2] for element in svg.iter()} <= {
        "svg",
        "title",
        "rect",
        "path",
        "polygon",
        "circle",
        "text",
    }
    network = nx.parse_graphml(shown.saved("graphml").decode("utf-8"), force_multigraph=True)
    labels = {data["label"] for _, data in network.nodes(data=True)}
    assert {"<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>"} <= labels
    rows = list(csv.DictReader(io.StringIO(shown.saved("csv").decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row.values()]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
    assert shown.saved("png").startswith(b"\x89PNG")
    shown.quiet()


# --- the link ------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_link_shows_the_same_again(show, pages):
    """Filters, date, what is chosen and where the window stands are in the address, and come back."""
    first = show(pages("hub"))
    page = first.page
    page.locator(".legend button", has_text="Issue").click()
    page.locator("button", has_text="Filter").click()
    page.get_by_label("yubin-2000").uncheck()
    page.keyboard.press("Escape")
    first.as_of("2006-03-01")
    page.fill("#find", "Gazprom")
    page.keyboard.press("Enter")
    page.click("#closer")
    first.until("location.hash.includes('node=') && location.hash === `#?${toFragment()}`")
    fragment = page.evaluate("location.hash")
    second = show(pages("hub"), fragment=fragment)
    assert second.on() == first.on()
    assert second.page.inner_text("#chosen h2") == "Gazprom"
    assert second.page.inner_text("#when") == page.inner_text("#when")
    place = "view.place().map(number => Math.round(number * 100))"
    assert second.page.evaluate(place) == page.evaluate(place)
    assert second.page.evaluate("location.hash") == fragment
    second.quiet()


@pytest.mark.thorough
def test_a_path_and_a_line_come_back(show, pages):
    """The link also keeps a path and a chosen line."""
    first = show(pages("around"))
    first.page.evaluate("choosePath(data.root, data.nodes.find(n => n.label === 'Uzbekistan').id)")
    first.until("location.hash.includes('path=')")
    second = show(pages("around"), fragment=first.page.evaluate("location.hash"))
    assert second.page.inner_text("#chosen h2") == "From Shanghai Five to Uzbekistan"
    second.page.evaluate("choose(null, 0)")
    second.until("location.hash.includes('line=')")
    third = show(pages("around"), fragment=second.page.evaluate("location.hash"))
    assert third.page.inner_text("#chosen h2") == second.page.inner_text("#chosen h2")


@pytest.mark.parametrize(
    "fragment",
    [
        "#?on=9999-99-99&at=NaN,Infinity,-1&node=javascript:alert(1)",
        "#?on=0000-00-00&years=9999-0001&without=__proto__ constructor&no-stages=toString&no-sources=<img>",
        pytest.param("#?at=1e308,-1e308,1e308&path=a b&folded=" + "x" * 30000, marks=THOROUGH),
        pytest.param("#?years=1-9999&at=1,2&line=<script>alert(1)</script>", marks=THOROUGH),
        "#<img src=x onerror=alert(1)>",
        "#?%ff%00&&&===",
        pytest.param("#f3", marks=THOROUGH),
    ],
)  # fmt: skip
def test_hostile_addresses_do_nothing(show, pages, fragment):
    """What an address says that the page does not know counts for nothing."""
    shown = show(pages("around"), fragment=fragment)
    assert len(shown.on()) == 15
    scale = shown.page.evaluate("view.snapshot().scale")
    assert 0.01 < scale < 10
    shown.page.evaluate("location.hash = '#?on=junk&node=%00'")
    shown.page.wait_for_timeout(50)
    assert len(shown.on()) == 15
    shown.quiet()


# --- keyboard and roles --------------------------------------------------------------------------


def test_the_picture_is_reached_by_keyboard(show, pages):
    """Arrow keys go from entity to entity and say its name, Enter opens it, Shift and Enter the path."""
    shown = show(pages("around"))
    page = shown.page
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "canvas":
            break
    assert page.inner_text("#said").startswith("Shanghai Five, Organization")
    page.keyboard.press("ArrowRight")
    name = page.inner_text("#said").split(",")[0]
    assert name != "Shanghai Five"
    page.keyboard.press("Enter")
    assert page.inner_text("#chosen h2") == name
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "canvas"
    assert not page.is_visible("#chosen")
    page.keyboard.press("Enter")
    page.focus("#canvas")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("]")
    page.keyboard.press("Shift+Enter")
    assert page.inner_text("#chosen h2").startswith(f"From {name} to ")
    page.focus("#canvas")
    scale = page.evaluate("view.snapshot().scale")
    page.keyboard.press("+")
    assert page.evaluate("view.snapshot().scale") > scale
    shown.quiet()


def test_every_entity_is_reached_by_arrow_keys(show, pages):
    """By arrow keys and brackets no entity is out of reach."""
    page = show(pages("around")).page
    page.focus("#canvas")
    page.keyboard.press("Home")
    said = set()
    for key in [
        "ArrowRight",
        *["ArrowUp"] * 8,
        "Home",
        "ArrowRight",
        *["ArrowDown"] * 8,
        "Home",
        *["]"] * 15,
    ]:
        page.keyboard.press(key)
        said.add(page.evaluate("data.nodes[state.cursor].label"))
    assert len(said) == 15


def test_focus_is_seen(show, pages):
    """Whatever has the focus by keyboard has an outline."""
    page = show(pages("around")).page
    seen = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        name, style = page.evaluate(
            "(e => [e.id || e.className || e.tagName, getComputedStyle(e).outlineStyle])(document.activeElement)"
        )
        seen.add(name)
        assert style != "none", name
    assert {"find", "canvas", "mode", "play", "day"} <= seen


@pytest.mark.parametrize(
    ("kind", "scheme"),
    [
        pytest.param(kind, scheme, marks=[] if (kind, scheme) in JUDGED else THOROUGH)
        for kind in KINDS
        for scheme in ("light", "dark")
    ],
)
def test_roles_and_contrast_are_sound(show, pages, kind, scheme):
    """axe-core finds nothing to object to, neither at first nor with everything open."""
    shown = show(pages(kind), scheme=scheme)
    page = shown.page
    check = "() => axe.run({ resultTypes: ['violations'], rules: { 'color-contrast': { enabled: true } } })"

    def violations() -> list[str]:
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(check)["violations"]
        return [f"{v['id']}: {v['nodes'][0]['html'][:120]} ({len(v['nodes'])})" for v in found]

    assert violations() == []
    page.fill("#find", "China")
    assert violations() == []
    page.keyboard.press("Enter")
    shown.as_of("2001-01-01")
    page.locator("button", has_text="Filter").click()
    assert violations() == []


def test_reduced_motion_slows_the_play(show, alba):
    """Who wants less motion gets a slower play and no animation."""
    shown = show(alba, reduced_motion="reduce")
    assert shown.page.evaluate("calm.matches")
    assert shown.page.evaluate("document.getAnimations().length") == 0
    shown.page.click("#play")
    first = shown.page.inner_text("#when")
    shown.page.wait_for_timeout(700)
    assert shown.page.inner_text("#when") == first


def test_the_print_has_picture_and_tables(show, alba):
    """On paper the controls are gone, and the tables stand in full."""
    page = show(alba).page
    page.emulate_media(media="print")
    assert not page.is_visible(".tools")
    assert not page.is_visible("#time")
    assert page.is_visible("#facts")
    assert len(page.pdf()) > 10_000


# --- paths ---------------------------------------------------------------------------------------


def test_a_path_stands_from_left_to_right_and_on_a_phone_from_top_to_bottom(show, pages):
    """The two ends stand at the sides of the picture, and their labels are drawn."""
    ends = "data.nodes.filter(node => node.tier === 0).map(node => [node.label, node.x, node.y])"
    for size, axis in (("desktop", 1), ("phone", 2)):
        shown = show(pages("path"), size)
        found = {end[0]: end for end in shown.page.evaluate(ends)}
        assert found["Gazprom"][axis] < found["Jiang Zemin"][axis]
        assert found["Gazprom"][3 - axis] == pytest.approx(found["Jiang Zemin"][3 - axis])
        assert shown.labels() == len(shown.on())
        assert "1. Through" in shown.page.inner_text("#about")

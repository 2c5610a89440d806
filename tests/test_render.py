"""Pictures as HTML pages: what they hold, that they are inert, and that they are always the same."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph import render
from diplograph.charts import canvas
from diplograph.errors import DateError, OptionError, SourceError, UnknownName
from diplograph.render.looks import CLASSES, LINES, OTHER, line_of
from diplograph.render.words import plain
from diplograph.store import open_graph
from diplograph_cli.app import cli

from .test_render_time import opened

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<b onmouseover=alert(1)>href",
    "{{data}}",
]

HOSTILE_GRAPH = """
ex:alba a dg:Country ; skos:prefLabel "</script><script>alert(1)</script>"@en ; skos:altLabel "Alba"@en .
ex:borea a dg:Country ; skos:prefLabel "<img src=x onerror=alert(1)>"@en ; skos:altLabel "Borea"@en .
<javascript:alert(1)> a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "<b onmouseover=alert(1)>href"@en .
ex:p a dg:Participation ; dg:of <javascript:alert(1)> ; dg:agent ex:alba , ex:borea ; dg:role role:party ;
    dg:grade grade:stated ; dg:statement "<!--<script>"@en ; dg:at "1-2" .
ex:s a dg:StageFact ; dg:of <javascript:alert(1)> ; dg:stage stage:signed ; dg:when "2001" ;
    dg:grade grade:stated ; dg:statement "{{data}}"@en ; dg:at "1-2" .
"""


class Page(HTMLParser):
    """The elements of a page, and the text of its scripts and style sheets."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, dict[str, str | None], str]] = []
        self.reading = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.reading = tag in ("script", "style")
        if self.reading:
            self.inside.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag):
        self.reading = False

    def handle_data(self, data):
        if self.reading:
            tag, attrs, text = self.inside[-1]
            self.inside[-1] = (tag, attrs, text + data)

    def data(self):
        return json.loads(next(t for _, a, t in self.inside if a.get("id") == "data"))


def without_library(html: str) -> str:
    library = Path(render.__file__).parent.parent / "assets" / "vis-network.min.js"
    code = re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", library.read_text(encoding="utf-8"))
    assert code in html
    return html.replace(code, "")


@pytest.fixture
def graph(made_up):
    return open_graph(made_up)


def labels(picture: render.Picture) -> list[str]:
    return [node.entity.label for node in picture.nodes]


def test_links_show_agreements_and_parties(graph):
    """The picture of two parties holds their agreements and everyone who is party to them."""
    found = labels(render.picture(graph, between=("Alba", "Borea")))
    assert {"Alba", "Borea", "Pact", "Gas deal", "Alba Oil", "Borea Gas"} <= set(found)
    assert "Old Pact" not in found
    assert len(found) == len(set(found))


def test_links_stand_in_order_of_time(graph):
    """Agreements stand one below the other in order of time, between X at the left and Y at the right."""
    picture = render.picture(graph, between=("Alba", "Borea"))
    at = {node.entity.label: node.at for node in picture.nodes}
    assert at["Pact"][1] < at["Secret clause"][1] < at["Gas deal"][1]
    assert at["Alba"][0] < at["Alba Oil"][0] < at["Pact"][0] < at["Borea Gas"][0] < at["Borea"][0]


def test_pending_is_dashed_and_concluded_is_solid(graph):
    """Lines to what is only rumoured are dashed and its node muted; those to the concluded are not."""
    picture = render.picture(graph, between=("Alba", "Borea"))
    by_label = {node.entity.label: node for node in picture.nodes}
    ties = Page(render.draw(graph, between=("Alba", "Borea"))).data()["ties"]
    for name, pending in (("Secret clause", True), ("Pact", False)):
        edges = [e for e in picture.edges if e.two == by_label[name].entity.id]
        assert edges
        assert {e.dashed for e in edges} == {pending}
        assert by_label[name].muted is pending
    assert by_label["Secret clause"].note == "(rumoured signed)"
    assert set(opened(ties["dashed"], ties["length"])) == {0, 1}


def test_parallel_facts_are_bundled_into_one_edge_and_none_is_lost(write_graph):
    """Two facts that tie the same two entities become one edge that holds both."""
    graph = open_graph(
        write_graph("""
        ex:a a dg:Country ; skos:prefLabel "Alba"@en . ex:l a dg:Organization ; skos:prefLabel "League"@en .
        ex:m1 a dg:Membership ; dg:agent ex:a ; dg:within ex:l ; dg:role role:member ; dg:when "1990/1995" ;
            dg:grade grade:stated ; dg:statement "First time."@en ; dg:at "1-2" .
        ex:m2 a dg:Membership ; dg:agent ex:a ; dg:within ex:l ; dg:role role:member ; dg:when "2000/.." ;
            dg:grade grade:stated ; dg:statement "Second time."@en ; dg:at "1-2" .
        """)
    )
    (edge,) = render.picture(graph).edges
    assert len(edge.facts) == 2
    html = render.draw(graph)
    assert "First time." in html
    assert "Second time." in html
    ties = Page(html).data()["ties"]
    assert [len(facts) for facts in opened(ties["facts"], ties["length"])] == [2]


def test_around_reaches_as_far_as_asked(graph):
    """Depth one holds what one fact ties to the entity, depth two also what hangs on that."""
    near = set(labels(render.picture(graph, around="Pact")))
    far = set(labels(render.picture(graph, around="Pact", depth=2)))
    assert near == {"Pact", "Alba", "Borea"}
    assert near < far
    assert "League" in far


def test_include_adds_what_is_rumoured_dashed(graph):
    """A rumoured agreement is in the whole graph only when asked for, and then dashed."""
    assert "Secret clause" not in labels(render.picture(graph))
    picture = render.picture(graph, include="any")
    (node,) = [n for n in picture.nodes if n.entity.label == "Secret clause"]
    assert node.muted
    assert all(e.dashed for e in picture.edges if node.entity.id in (e.one, e.two))
    assert not all(e.dashed for e in picture.edges)


def test_as_of_leaves_out_what_had_not_happened(graph):
    """As of 2000 the Pact is pending; the gas deal of about 2003 is not drawn."""
    picture = render.picture(graph, between=("Alba", "Borea"), as_of="2000")
    by_label = {node.entity.label: node for node in picture.nodes}
    assert by_label["Pact"].muted
    assert "Gas deal" not in by_label
    assert "The Pact was signed." not in [fact.statement for fact in picture.facts]


def test_facts_are_told_with_passages_and_conflicts(graph):
    """The tables tell each fact with date, stage, grade, passage and what contradicts it."""
    html = render.draw(graph, between=("Alba", "Borea"))
    row = next(part for part in html.split("<tr ") if "The Pact was signed." in part)
    for text in (
        "May 2001",
        ">signed<",
        ">stated<",
        "made-up [21–30]",
        "May against June.",
        "[31–40]",
    ):
        assert text in row


def test_no_agreement_is_explained(graph):
    """Two parties without an agreement are drawn with the reason of its absence."""
    html = render.draw(graph, between=("Alba Oil", "Cana"))
    assert "no source sets out to cover Cána" in html
    assert "0 agreements concluded" in html


def test_hostile_text_stays_text(write_graph):
    """Markup in labels, statements and IRIs never becomes an element, a script or an address."""
    graph = open_graph(write_graph(HOSTILE_GRAPH))
    kinds = ({"between": ("Alba", "Borea")}, {"around": "Alba", "depth": 2}, {})
    for html in (render.draw(graph, **kind) for kind in kinds):
        page = Page(html)
        tags = [tag for tag, _ in page.elements]
        assert "img" not in tags
        assert "b" not in tags
        assert tags.count("script") == 3
        assert [t for t in HOSTILE if t in html] in ([], ["{{data}}"])
        for _, attributes in page.elements:
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
            assert (attributes.get("href") or "#").startswith("#")
        assert {HOSTILE[0], HOSTILE[1], HOSTILE[3]} <= set(page.data()["texts"])


def test_direction_marks_are_removed():
    """Characters that reverse the direction of text, or control the terminal, are not shown."""
    assert plain("a\u202eb\x00c") == "abc"


@pytest.mark.parametrize("kind", [{"between": ("Alba", "Borea")}, {"around": "Alba"}, {}])
def test_page_refers_to_nothing_outside(graph, kind):
    """Apart from the library’s own code, nothing on the page can load anything."""
    html = without_library(render.draw(graph, **kind))
    page = Page(html)
    assert not [
        tag for tag, _ in page.elements if tag in ("link", "img", "iframe", "object", "base")
    ]
    assert not [a for _, a in page.elements if "src" in a or "action" in a]
    for word in ("url(", "import(", "@import", "fetch(", "XMLHttpRequest", "innerHTML", "eval("):
        assert word not in html
    code = "".join(text for tag, a, text in page.inside if a.get("id") != "data")
    for name in ("http://www.w3.org/2000/svg", "http://graphml.graphdrawing.org/xmlns"):
        code = code.replace(name, "")  # names of what the exports are, never asked for
    assert not re.search(r"https?://", code)


def test_policy_admits_exactly_the_scripts_and_the_style_of_the_page(graph):
    """The policy names the hash of each inline script and of the style sheet, and nothing else."""
    page = Page(render.draw(graph))
    policy = next(a["content"] for t, a in page.elements if a.get("http-equiv"))
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    def hashes(wanted):
        texts = [text for tag, a, text in page.inside if tag == wanted and "type" not in a]
        digests = [hashlib.sha256(text.encode()).digest() for text in texts]
        return {f"'sha256-{base64.b64encode(d).decode()}'" for d in digests}

    assert rules["default-src"] == "'none'"
    assert set(rules["script-src"].split()) == hashes("script")
    assert set(rules["style-src"].split()) == hashes("style")
    assert len(hashes("script")) == 2


def test_same_graph_gives_same_bytes(made_up):
    """Two processes with different hash seeds write the same page."""
    program = (
        "import sys, hashlib; from diplograph import render, open_graph; g = open_graph(sys.argv[1]);"
        "print([hashlib.sha256(render.draw(g, **k).encode()).hexdigest() for k in "
        "({}, {'around': 'Alba', 'depth': 2}, {'between': ('Alba', 'Borea')})])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(made_up)], check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1
    assert "sha256" not in outputs.pop()


def many_agreements(count: int) -> str:
    parts = [
        'ex:a a dg:Country ; skos:prefLabel "Alba"@en . ex:b a dg:Country ; skos:prefLabel "Borea"@en .'
    ]
    for i in range(count):
        parts.append(
            f"""ex:t{i} a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "A treaty with a long name {i}"@en .
            ex:p{i} a dg:Participation ; dg:of ex:t{i} ; dg:agent ex:a , ex:b ; dg:role role:party ;
                dg:grade grade:stated ; dg:statement "Parties."@en ; dg:at "1-2" .
            ex:s{i} a dg:StageFact ; dg:of ex:t{i} ; dg:stage stage:signed ; dg:when "{1980 + i // 4}" ;
                dg:grade grade:stated ; dg:statement "Signed."@en ; dg:at "1-2" ."""
        )
    return "\n".join(parts)


@pytest.mark.parametrize("count", [1, 30, 72])
def test_labels_of_many_agreements_do_not_touch(write_graph, count):
    """However many agreements, two in one column are a line apart, and each has a height of its own."""
    picture = render.picture(
        open_graph(write_graph(many_agreements(count))), between=("Alba", "Borea")
    )
    places = sorted(n.at for n in picture.nodes if n.entity.type == "Agreement")
    assert len({y for _, y in places}) == count
    for (x, y), (next_x, next_y) in pairwise(places):
        assert next_x != x or next_y - y >= 13.9
    assert len(picture.ticks) == -(-count // 4)


def test_no_two_entities_of_the_whole_graph_stand_on_each_other(shipped):
    """In every part of the shipped graph any two entities are visibly apart."""
    for drawn in render.pictures(shipped):
        places = [node.at for node in drawn.nodes]
        nearest = min(
            (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
            for i, a in enumerate(places)
            for b in places[:i]
        )
        assert nearest**0.5 > 15


def test_the_treaty_of_2001_is_told_by_both_sources(shipped):
    """The page of China and Russia tells of the friendship treaty with the passages of both sources."""
    html = render.draw(shipped, between=("China", "Russia"))
    row = next(part for part in html.split("<tr ") if "proposed a treaty on friendly" in part)
    assert re.search(r"yubin-2000, [^<]* \[\d+–\d+\]", row)
    assert "mitchell-2007" in html


def test_passages_are_quoted_from_the_readers_copies(shipped, sources):
    """With the reader’s copies the words of a passage stand on the page, without them they do not."""
    words = re.compile(r"\[\d+–\d+\]: “")
    assert words.search(render.draw(shipped, around="Shanghai Five", sources=sources))
    assert not words.search(render.draw(shipped, around="Shanghai Five"))


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"around": "Nowhere at all"}, UnknownName, "Nowhere at all"),
        ({"between": ("Alba", "Zzzzzz")}, UnknownName, "Zzzzzz"),
        ({"around": "Alba", "depth": 0}, OptionError, "the least is 1"),
        ({"around": "Alba", "between": ("Alba", "Borea")}, OptionError, "not several at once"),
        ({"include": "all"}, OptionError, "concluded, pending, any"),
        ({"as_of": "soon"}, DateError, "soon"),
        ({"sources": "no-such-folder"}, SourceError, "no-such-folder"),
    ],
)
def test_wrong_calls_are_told(graph, options, error, words):
    """Every wrong argument is an error of the library that says what is wrong."""
    with pytest.raises(error, match=words):
        render.draw(graph, **options)


def test_every_class_of_entities_has_its_own_look(shipped):
    """No two classes share shape, colour and filling, and no entity class is without a look."""
    assert len(set(CLASSES.values())) == len(CLASSES)
    rows = shipped.select(
        "SELECT ?class WHERE { ?class rdfs:subClassOf+ dg:Entity . "
        "FILTER NOT EXISTS { ?narrower rdfs:subClassOf ?class } }"
    )
    classes = {row["class"].rpartition("#")[2] for row in rows}
    assert classes <= set(CLASSES)


def test_every_class_of_facts_makes_a_line_of_a_kind(shipped):
    """What an agreement, an event or a transfer is told of is of its kind, and little is “other”."""
    drawn = render.picture(shipped, around="Russia")
    types = {node.entity.id: node.entity.type for node in drawn.nodes}
    kinds = [
        line_of(fact.kind, [types[iri] for iri in own if iri in types])
        for fact, own in zip(drawn.facts, drawn.owners, strict=True)
    ]
    assert set(kinds) <= set(LINES)
    assert kinds.count("other") < len(kinds) / 6
    assert len({line.sign for line in LINES.values()}) == len(LINES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_told_apart_and_seen(scheme):
    """Each has a contrast of 3 to the page, and to the eyes of the colour-blind, whichever cones they
    lack, no two are alike (simulated by Machado, Oliveira and Fernandes, 2009)."""
    style = (Path(render.__file__).parent.parent / "assets" / "page.css").read_text("utf-8")
    light, dark = style.split("* { box-sizing", 1)[0].split(
        "@media (prefers-color-scheme: dark)", 1
    )
    named = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if scheme == "light" else dark))
    classes = {colour for _, colour, _ in (*CLASSES.values(), OTHER)}
    for names, apart in (({f"t-{kind}" for kind in LINES}, 15), (classes, 12)):
        for name in names:
            assert contrast(rgb(named[name]), rgb(named["paper"])) >= 3, name
        told_apart({name: rgb(named[name]) for name in names}, apart)


def test_colours_of_charts_are_told_apart():
    """Those of the charts, which stand on white, too."""
    names = ("BLUE", "ORANGE", "GREEN", "RED", "PURPLE", "SKY", "YELLOW")
    told_apart({name: rgb(getattr(canvas, name)) for name in names}, 15)


def told_apart(colours: dict[str, tuple[float, ...]], least: float) -> None:
    """Any two of the colours differ by so much (CIE76), to usual eyes and to those without a cone."""
    for simulated in SIGHTS:
        seen = {name: lab(blurred(colour, simulated)) for name, colour in colours.items()}
        for one, two in combinations(sorted(seen), 2):
            assert math.dist(seen[one], seen[two]) > least, (one, two)


SIGHTS = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
)  # fmt: skip
"""As they are, and as those see them who lack the cones for red, for green or for blue."""


def rgb(code: str) -> tuple[float, ...]:
    """A colour as three linear parts."""
    parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def contrast(one: tuple[float, ...], two: tuple[float, ...]) -> float:
    """The contrast of two colours as WCAG has it."""
    dark, light = sorted(
        0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] + 0.05 for c in (one, two)
    )  # fmt: skip
    return light / dark


def blurred(colour: tuple[float, ...], sight) -> tuple[float, ...]:
    """A colour as it is seen."""
    return tuple(
        min(1.0, max(0.0, sum(f * c for f, c in zip(row, colour, strict=True)))) for row in sight
    )


def lab(colour: tuple[float, ...]) -> tuple[float, float, float]:
    """A colour in CIELAB, in which distances are differences as they are seen."""
    r, g, b = colour
    x, y, z = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_garbage_is_searched_for_as_before(graph):
    """After a page is made, also one that fails, and by whoever does without it."""
    import gc

    gc.collect()
    render.draw(graph)
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    with pytest.raises(UnknownName):
        render.draw(graph, around="Nowhere at all")
    assert gc.isenabled()
    gc.disable()
    try:
        render.draw(graph)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_page_of_many_facts_has_no_tables_in_it(made_up, graph, monkeypatch):
    """Where they are few they can be read without a script; where they are many they are data once."""
    html = render.draw(graph)
    assert html.count("<tr ") > 5
    monkeypatch.setattr("diplograph.render.page.AT_ONCE", 3)
    lean = render.draw(graph)
    assert "<tr " not in lean
    assert lean.count("The Pact was signed.") == 1
    assert len(lean) < len(html)


def test_command_writes_and_replaces_a_page(made_up, tmp_path):
    """The command writes the page, says what it holds, and replaces its earlier output."""
    target = tmp_path / "alba.html"
    target.write_text("old", encoding="utf-8")
    result = CliRunner().invoke(
        cli, ["draw", "Alba", "Borea", "--graph", str(made_up), "-o", str(target)]
    )
    assert result.exit_code == 0, result.output
    assert re.search(r"wrote \S+alba\.html: \d+ entities, \d+ facts\n", result.stdout)
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".ttl"] == ["alba.html"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Alba"], "name two parties"),
        (["-o", "no/such/folder/x.html"], "there is no such folder"),
        (["--around", "Qqqqqq"], "Qqqqqq"),
    ],
)
def test_command_fails_with_one_line(made_up, arguments, words):
    """A wrong call exits 2 with one line that says what to do."""
    result = CliRunner().invoke(cli, ["draw", "--graph", str(made_up), *arguments])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert words in result.stderr
    assert result.stderr.count("\n") == 1

"""The page against plain pyvis on the same graph: python bench/pages.py [--edges N …] [--ours].

A made-up graph (bench/synthetic.py, bench/stores.py) is drawn whole by ``render.write`` and by
pyvis as it comes (the same entities and one edge a pair, the library in the file, physics on). Both
pages are opened in headless Chromium from a file: how much processor time it took to make them; how
many bytes; when the document was parsed; when there was a picture that stands still, which for
pyvis is the end of its stabilization, or more than the limit; and, of ours, how long it takes to
show another date and to open the largest group. With ``--ours`` pyvis is left out. Needs the
packages of the ``dev`` extra and Chromium on the path.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import Browser, TimeoutError, sync_playwright
from stores import build
from synthetic import made_up

from diplograph import network, open_graph, render
from diplograph.networks import simple

LIMIT = 120.0
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
STILL = (
    "() => typeof network === 'object' && network.physics && network.physics.stabilized === true"
)


ANOTHER = """() => new Promise(done => {
  const start = performance.now();
  setDay(dayOf("1990-06-30"));
  refresh();
  const told = () => done((performance.now() - start) / 1000);
  requestAnimationFrame(() => requestAnimationFrame(told));
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, nargs="+", default=[300, 2_000, 10_000, 50_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ours", action="store_true", help="leave pyvis out")
    given = parser.parse_args()
    chromium = which("chromium") or which("google-chrome")
    assert chromium, "there is no Chromium on the path"
    print("| edges | entities | page | made in, s | MB | parsed, s | picture stands, s | "
          "another date, s | group opens, s |\n"
          "| --- | --- | --- | --- | --- | --- | --- | --- | --- |")  # fmt: skip
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for edges in given.edges:
            measure(browser, edges, Path(folder), given.rounds, given.ours)
        browser.close()


def measure(browser: Browser, edges: int, folder: Path, rounds: int, alone: bool) -> None:
    store = folder / f"{edges}.store"
    build(made_up(edges), store)
    graph = open_graph(store)
    net = simple(network(graph))
    ours, theirs = folder / f"{edges}.html", folder / f"{edges}-pyvis.html"
    start = time.process_time()
    render.write(ours, graph)
    row(edges, net, "ours", time.process_time() - start, ours,
        [opened(browser, ours) for _ in range(rounds)])  # fmt: skip
    if alone:
        return
    start = time.process_time()
    plain(net, theirs)
    took = time.process_time() - start
    row(edges, net, "pyvis", took, theirs, [settled(browser, theirs)])


def row(edges: int, net: Any, what: str, made: float, path: Path, times: list[Any]) -> None:
    parsed, still, date, part = (
        " – ".join(dict.fromkeys(f"{value:.1f}" for value in (min(each), statistics.median(each))))
        if all(value is not None for value in each) else f"over {LIMIT:.0f}" if n < 2 else ""
        for n, each in enumerate(zip(*times, strict=True))
    )  # fmt: skip
    print(f"| {net.number_of_edges():,} | {net.number_of_nodes():,} | {what} | {made:.1f} | "
          f"{path.stat().st_size / 1e6:.1f} | {parsed} | {still} | {date} | {part} |",
          flush=True)  # fmt: skip


def plain(net: Any, path: Path) -> None:
    from pyvis.network import Network

    drawn = Network(cdn_resources="in_line")
    for node, label in net.nodes(data="label"):
        drawn.add_node(node, label=label)
    drawn.edges = [{"from": one, "to": two} for one, two in net.edges()]  # adding is quadratic
    path.write_text(drawn.generate_html(notebook=False), encoding="utf-8")


def opened(browser: Browser, path: Path) -> tuple[float, float, float | None, float | None]:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    start = time.perf_counter()
    page.goto(path.as_uri(), timeout=1000 * LIMIT)
    parsed = time.perf_counter() - start
    page.wait_for_selector("html[data-ready]", timeout=1000 * LIMIT)
    still = time.perf_counter() - start
    date = page.evaluate(ANOTHER)
    part = None
    if page.evaluate("data.kind === 'groups'"):
        start = time.perf_counter()
        with page.expect_navigation():
            page.evaluate("openPart(1)")
        page.wait_for_selector("html[data-ready]", timeout=1000 * LIMIT)
        part = time.perf_counter() - start
    page.context.close()
    return parsed, still, date, part


def settled(browser: Browser, path: Path) -> tuple[float | None, float | None, None, None]:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    start = time.perf_counter()
    parsed = still = None
    try:
        page.goto(path.as_uri(), wait_until="domcontentloaded", timeout=1000 * LIMIT)
        parsed = time.perf_counter() - start
        page.wait_for_function(STILL, timeout=1000 * LIMIT)
        still = time.perf_counter() - start
    except TimeoutError:
        pass
    page.context.close()
    return parsed, still, None, None


if __name__ == "__main__":
    main()

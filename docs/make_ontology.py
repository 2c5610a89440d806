"""Write docs/ontology.html from the vocabulary and its shapes: python docs/make_ontology.py.

What is read: the Turtle of the vocabulary and of the shapes, and the worked examples of
docs/model.md. How it is written: docs/ontology_page. Same input, same bytes.
"""

from __future__ import annotations

from pathlib import Path

from ontology_page import patterns, vocabulary
from ontology_page.page import Page


def page() -> str:
    """The whole reference page."""
    return Page(vocabulary.read(), tuple(patterns.sections())).html()


if __name__ == "__main__":
    Path(__file__).with_name("ontology.html").write_text(page(), encoding="utf-8")

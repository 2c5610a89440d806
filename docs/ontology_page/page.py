"""The page as HTML: contents, figures, every term, every concept, every rule, every example."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path

import diplograph.derive
from diplograph.hygiene import hygiene_rules
from diplograph.namespaces import BASE, DG, PREFIXES
from ontology_page import figures, patterns
from ontology_page.entries import Entries, anchored, details, listed
from ontology_page.model import STYLE, Theme, Vocabulary

HERE = Path(__file__).parent
OUTSIDE_RULES = {
    "oa:SpecificResource": "Passages (oa:SpecificResource)",
    "oa:TextPositionSelector": "Positions in a text (oa:TextPositionSelector)",
}
"""Classes of others that the shapes bind too, and how the page calls them."""


@dataclass(frozen=True)
class Part:
    """A part of the page, and what the table of contents lists below its title."""

    anchor: str
    title: str
    body: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """What the page is made from."""

    vocabulary: Vocabulary
    guide: tuple[patterns.Section, ...]

    @cached_property
    def entries(self) -> Entries:
        """The entries of the terms and the links to them."""
        return Entries(self.vocabulary, patterns.examples(self.guide))

    def html(self) -> str:
        """The whole page."""
        guide = tuple(anchored(f"#{s.anchor}", escape(s.title)) for s in self.guide)
        parts = [
            Part(
                "part-about",
                "What it is for",
                patterns.prose(_text("intro.md"), self.entries.of_name),
            ),
            Part("part-figures", "The main classes", self._figures()),
            Part("part-patterns", "Each kind of fact, worked", self._patterns(), guide),
            *map(self._theme, self.vocabulary.themes),
            Part("part-graphs", "Graphs, and what loading derives", self._derived()),
            Part("part-rules", "Rules on passages and on the vocabulary", self._general_rules()),
            Part("part-hygiene", "Rules of hygiene", self._hygiene()),
            Part("part-alignment", "What it takes from others", self._alignment()),
            Part("part-prefixes", "Prefixes", self._prefixes()),
        ]
        values = {
            "title": escape(self.vocabulary.title),
            "description": escape(self.vocabulary.description),
            "facts": self._facts(),
            "style": _text("page.css"),
            "contents": _contents(parts),
            "body": "\n".join(map(_section, parts)),
        }
        return re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], _text("page.html"))

    def _facts(self) -> str:
        terms = self.vocabulary.terms.values()
        schemes = self.vocabulary.schemes.values()
        classes = sum(term.is_class for term in terms)
        counts = (
            f"{classes} classes, {len(terms) - classes} properties, {len(schemes)} schemes with "
            f"{sum(len(s.concepts) for s in schemes)} concepts, {len(self.vocabulary.rules)} rules"
        )
        licence = anchored(escape(self.vocabulary.licence), escape(self.vocabulary.licence))
        return details(
            {
                "Namespace": f"<code>{DG}</code>, prefix <code>dg:</code>",
                "Version": escape(self.vocabulary.version),
                "Licence": licence,
                "Contents": counts,
            }
        )

    def _figures(self) -> str:
        def link(iri: str) -> str:
            return f"#{self.entries.anchor(iri)}" if self.entries.anchor(iri) else ""

        drawn = {
            "A fact, what it is about and what it rests on. An arrow is a property, from the class "
            "that has it to the class of its values; a box inside another is a kind of it.": (
                figures.central(self.vocabulary, link)
            ),
            "The kinds of fact, each with the properties that are its own; those of every fact "
            "stand in the first figure.": figures.kinds(self.vocabulary, DG + "Fact", 3, link),
            "The kinds of entity.": figures.kinds(self.vocabulary, DG + "Entity", 3, link),
        }
        return "".join(
            f'<figure class="drawing"><div class="scroll" tabindex="0">{svg}</div>'
            f"<figcaption>{escape(text)}</figcaption></figure>\n"
            for text, svg in drawn.items()
        )

    def _patterns(self) -> str:
        lead = (
            "<p>One pattern at a time, a few lines of the shipped data and the shortest question "
            "that asks for it. Lines are left out of the data; the queries run as they stand, "
            'because the <a href="#part-prefixes">prefixes</a> are declared for them. The guide is '
            '<a href="model.md">model.md</a>, and a test runs all of it.</p>'
        )
        return lead + "".join(
            f'<section id="{section.anchor}"><h3>{escape(section.title)}</h3>'
            f"{patterns.html(section, self.entries.of_name)}</section>\n"
            for section in self.guide
        )

    def _theme(self, theme: Theme) -> Part:
        link, links = self.entries.link, self.entries.links
        classes = [term for term in theme.terms if term.is_class]
        properties = [term for term in theme.terms if not term.is_class]
        index = {
            "Classes": links(term.iri for term in classes),
            "Properties": links(term.iri for term in properties),
            "Schemes": ", ".join(
                anchored(f"#{self.entries.anchor(s.iri)}", escape(s.label)) for s in theme.schemes
            ),
        }
        body = f'<div class="index">{details(index)}</div>'
        body += "".join(self.entries.term(term) for term in (*classes, *properties))
        body += "".join(self.entries.scheme(scheme) for scheme in theme.schemes)
        below = tuple(link(term.iri) for term in classes)
        return Part(f"theme-{theme.name}", theme.title, body, below)

    def _derived(self) -> str:
        told = (diplograph.derive.__doc__ or "").partition("\n\n")[2]
        told = re.sub(r":\w+:`[~.]*([\w.]+)`", r"`\1`", told).replace("``", "`")
        return patterns.prose(_text("graphs.md") + "\n" + told, self.entries.of_name)

    def _general_rules(self) -> str:
        rules = self.vocabulary.rules
        here = [r.subject for r in rules if r.subject not in {*self.vocabulary.terms, *STYLE}]
        body = ""
        for subject in dict.fromkeys(here):
            name = self.vocabulary.shorten(subject)
            body += f"<h3>{escape(OUTSIDE_RULES.get(name, name))}</h3>"
            body += self.entries.rules(subject)
        body += "<h3>The vocabulary itself</h3>"
        return body + listed(self.entries.rule(rule) for rule in rules if rule.subject in STYLE)

    def _hygiene(self) -> str:
        rows = "".join(
            f'<tr id="hygiene-{rule.name}"><th scope="row"><code>{escape(rule.name)}</code></th>'
            f"<td>{escape(rule.rule)}</td><td>{escape(rule.why)}</td></tr>\n"
            for rule in hygiene_rules()
        )
        return (
            "<p>What a tidy graph keeps to. Each rule is a query that finds what breaks it; "
            "<code>diplograph validate --hygiene</code> runs them all.</p>\n"
            '<table><thead><tr><th scope="col">Rule</th><th scope="col">What holds</th>'
            f'<th scope="col">Why</th></tr></thead>\n<tbody>{rows}</tbody></table>\n'
        )

    def _alignment(self) -> str:
        v = self.vocabulary
        rows: dict[str, list[str]] = {}
        for term in v.terms.values():
            for outside in (*term.supers, *term.also):
                if not outside.startswith((DG, PREFIXES["owl"])):
                    rows.setdefault(outside, []).append(term.iri)
        ordered = sorted(rows.items(), key=lambda row: v.shorten(row[0]))
        body = "".join(
            f'<tr><th scope="row">{self.entries.link(outside)}</th>'
            f"<td>{self.entries.links(own)}</td></tr>\n"
            for outside, own in ordered
        )
        return (
            "<p>Each term on the right is a subclass, a subproperty or an instance of the one on "
            "the left.</p>"
            '<table><thead><tr><th scope="col">Term of others</th><th scope="col">Terms of this '
            f"vocabulary</th></tr></thead><tbody>\n{body}</tbody></table>"
        )

    def _prefixes(self) -> str:
        body = "".join(
            f'<tr><th scope="row"><code>{escape(prefix)}:</code></th>'
            f"<td><code>{escape(iri)}</code></td></tr>\n"
            for prefix, iri in sorted(
                self.vocabulary.prefixes.items(), key=lambda p: (not p[1].startswith(BASE), p[1])
            )
        )
        return (
            "<p>Queries need not declare those that the library knows; the three of SDMX are "
            "declared where the vocabulary uses them.</p>"
            '<table><thead><tr><th scope="col">Prefix</th><th scope="col">Namespace</th></tr>'
            f"</thead><tbody>\n{body}</tbody></table>"
        )


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _section(part: Part) -> str:
    heading = f"<h2>{escape(part.title)}</h2>"
    return f'<section class="part" id="{part.anchor}">{heading}\n{part.body}</section>\n'


def _contents(parts: list[Part]) -> str:
    items = []
    for part in parts:
        below = listed(part.below).replace("<ul>", '<ul class="terms">', 1)
        items.append(anchored(f"#{part.anchor}", escape(part.title)) + below)
    return listed(items)

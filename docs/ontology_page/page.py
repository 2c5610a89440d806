"""The page as HTML: contents, figures, every term, every concept, every rule, every example."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import diplograph.derive
from diplograph.namespaces import BASE, DG, local_name
from ontology_page import figures, patterns
from ontology_page.vocabulary import STYLE, Concept, Rule, Scheme, Term, Theme, Vocabulary

HERE = Path(__file__).parent
OUTSIDE_RULES = {
    "oa:SpecificResource": "Passages (oa:SpecificResource)",
    "oa:TextPositionSelector": "Positions in a text (oa:TextPositionSelector)",
}
"""Classes of others that the shapes bind too, and how the page calls them."""


@dataclass(frozen=True)
class Page:
    """What the page is made from."""

    vocabulary: Vocabulary
    guide: tuple[patterns.Section, ...]

    def html(self) -> str:
        """The whole page."""
        parts = [
            _section("about", "What it is for", patterns.prose(_text("intro.md"))),
            _section("figures", "The main classes", self._figures()),
            _section("patterns", "Each kind of fact, worked", self._patterns()),
            *(self._theme(theme) for theme in self.vocabulary.themes),
            _section("graphs", "Graphs, and what loading derives", self._derived()),
            _section("rules", "Rules that hold everywhere", self._general_rules()),
            _section("alignment", "What it takes from others", self._alignment()),
            _section("prefixes", "Prefixes", self._prefixes()),
        ]
        values = {
            "title": escape(self.vocabulary.title),
            "description": escape(self.vocabulary.description),
            "facts": self._facts(),
            "style": _text("page.css"),
            "contents": self._contents(),
            "body": "\n".join(parts),
        }
        page = _text("page.html")
        return re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], page)

    # --- names and links -------------------------------------------------------------------

    def anchor(self, iri: str) -> str:
        """The anchor of a term, a scheme or a concept: what stands behind ``ns#`` in its IRI."""
        if iri in self.vocabulary.terms:
            return iri.removeprefix(DG)
        known = iri in self.vocabulary.schemes or any(
            iri == concept.iri for s in self.vocabulary.schemes.values() for concept in s.concepts
        )
        return self.vocabulary.shorten(iri) if known else ""

    def address(self, iri: str) -> str:
        """Where an IRI is explained: on this page, or elsewhere where it is somebody else's."""
        anchor = self.anchor(iri)
        return f"#{anchor}" if anchor else "" if iri.startswith(BASE) else escape(iri)

    def of_name(self, name: str) -> str:
        """Where a prefixed name of a code block is explained on this page."""
        prefix, _, local = name.partition(":")
        anchor = self.anchor(self.vocabulary.prefixes.get(prefix, "?") + local)
        return f"#{anchor}" if anchor else ""

    def link(self, iri: str) -> str:
        """An IRI by its short name, linked."""
        return _link(self.address(iri), f"<code>{escape(self.vocabulary.shorten(iri))}</code>")

    def links(self, iris: Iterable[str]) -> str:
        """Several of them."""
        return ", ".join(self.link(iri) for iri in iris)

    # --- parts -------------------------------------------------------------------------------

    def _facts(self) -> str:
        terms = self.vocabulary.terms.values()
        schemes = self.vocabulary.schemes.values()
        classes = sum(term.is_class for term in terms)
        counts = (
            f"{classes} classes, {len(terms) - classes} properties, {len(schemes)} schemes with "
            f"{sum(len(s.concepts) for s in schemes)} concepts, {len(self.vocabulary.rules)} rules"
        )
        licence = _link(escape(self.vocabulary.licence), escape(self.vocabulary.licence))
        return _details(
            {
                "Namespace": f"<code>{DG}</code>, prefix <code>dg:</code>",
                "Version": escape(self.vocabulary.version),
                "Licence": licence,
                "Contents": counts,
            }
        )

    def _contents(self) -> str:
        themes = "".join(
            f'<li><a href="#theme-{theme.name}">{escape(theme.title)}</a>'
            f'<ul class="terms">{self._index(theme)}</ul></li>'
            for theme in self.vocabulary.themes
        )
        guide = "".join(
            f'<li><a href="#{section.anchor}">{escape(section.title)}</a></li>'
            for section in self.guide
        )
        return (
            '<ul><li><a href="#about">What it is for</a></li>'
            '<li><a href="#figures">The main classes</a></li>'
            f'<li><a href="#patterns">Each kind of fact, worked</a><ul class="terms">{guide}</ul>'
            f"</li>{themes}"
            '<li><a href="#graphs">Graphs, and what loading derives</a></li>'
            '<li><a href="#rules">Rules that hold everywhere</a></li>'
            '<li><a href="#alignment">What it takes from others</a></li>'
            '<li><a href="#prefixes">Prefixes</a></li></ul>'
        )

    def _index(self, theme: Theme) -> str:
        classes = [t.iri for t in theme.terms if t.is_class]
        return "".join(f"<li>{self.link(iri)}</li>" for iri in classes)

    def _figures(self) -> str:
        def link(iri: str) -> str:
            return f"#{self.anchor(iri)}" if self.anchor(iri) else ""

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
            "that asks for it. Every query runs as it stands, because the "
            '<a href="#prefixes">prefixes</a> are declared for it; lines are left out of the data. '
            'The guide is <a href="model.md">model.md</a>, and a test runs all of it.</p>'
        )
        return lead + "".join(
            f'<section id="{section.anchor}"><h3>{escape(section.title)}</h3>'
            f"{patterns.html(section, self.of_name)}</section>\n"
            for section in self.guide
        )

    def _theme(self, theme: Theme) -> str:
        classes = [term for term in theme.terms if term.is_class]
        properties = [term for term in theme.terms if not term.is_class]
        index = {
            "Classes": self.links(t.iri for t in classes),
            "Properties": self.links(t.iri for t in properties),
            "Schemes": ", ".join(
                _link(f"#{self.anchor(s.iri)}", escape(s.label)) for s in theme.schemes
            ),
        }
        body = f'<div class="index">{_details(index)}</div>'
        body += "".join(self._term(term) for term in (*classes, *properties))
        body += "".join(self._scheme(scheme) for scheme in theme.schemes)
        return _section(f"theme-{theme.name}", theme.title, body)

    def _term(self, term: Term) -> str:
        anchor = self.anchor(term.iri)
        return (
            f'<section class="term" id="{anchor}">'
            f'<h3>{escape(term.label)} <a href="#{anchor}"><code>'
            f"{escape(self.vocabulary.shorten(term.iri))}</code></a> "
            f'<span class="kind">{term.kind}</span></h3>'
            f'<p class="definition">{escape(term.definition)}</p>'
            f"{_details(self._class(term) if term.is_class else self._property(term))}</section>\n"
        )

    def _class(self, term: Term) -> dict[str, str]:
        v = self.vocabulary
        inherited = [iri for iri in v.above(term.iri) if v.properties(iri)]
        own = [
            f"{self.link(name)} → {self.links(values)}" if values else self.link(name)
            for name, values in v.properties(term.iri).items()
        ]
        own += [f"and those of {self.links(inherited)}"] if inherited else []
        shown = patterns.examples(list(self.guide)).get(v.shorten(term.iri), [])
        return {
            "IRI": f"<code>{escape(term.iri)}</code>",
            "Example": "; ".join(map(escape, term.examples)),
            "Is a": self.links(term.supers),
            "Its kinds": self.links(v.below(term.iri)),
            "Properties": _list(own),
            "Value of": self.links(
                t.iri for t in v.terms.values() if not t.is_class and term.iri in v.values(t.iri)
            ),
            "What must hold": self._rules(term.iri),
            "Worked": "; ".join(
                _link(f"#{block.anchor}", escape(block.section))
                for block in {b.section: b for b in reversed(shown)}.values()
            ),
        }

    def _property(self, term: Term) -> dict[str, str]:
        v = self.vocabulary
        schemes = [
            f"{self.link(use.owner)}: {self.links(use.values)}"
            for use in v.uses
            if use.property == term.iri and set(use.values) & set(v.schemes)
        ]
        used = [use.owner for use in v.uses if use.property == term.iri]
        return {
            "IRI": f"<code>{escape(term.iri)}</code>",
            "Example": "; ".join(
                f"<code>{patterns.linked(example, self.of_name)}</code>"
                if "dg:" in example or example.startswith('"')
                else escape(example)
                for example in term.examples
            ),
            "Is a": self.links(term.supers),
            "Also": self.links(term.also),
            "Domain": self.links(term.domains),
            "Range": self.links(term.ranges),
            "Concepts of": _list(schemes),
            "Bound by the shape of": self.links(used),
            "What must hold": self._rules(term.iri),
        }

    def _rules(self, subject: str) -> str:
        return _list(self._rule(rule) for rule in self.vocabulary.rules if rule.subject == subject)

    def _rule(self, rule: Rule) -> str:
        warning = '<span class="kind">warns</span> ' if rule.warning else ""
        text = patterns.linked(rule.message, self.of_name)
        return f'<span class="rule" title="shape:{local_name(rule.iri)}">{warning}{text}</span>'

    def _scheme(self, scheme: Scheme) -> str:
        anchor = self.anchor(scheme.iri)
        rows = "".join(self._concept(concept) for concept in scheme.concepts)
        uses = [
            f"{self.link(use.property)} of {self.link(use.owner)}"
            for use in self.vocabulary.uses
            if scheme.iri in use.values
        ]
        facts = {
            "IRI": f"<code>{escape(scheme.iri)}</code>",
            "Example": escape(scheme.example),
            "Values of": ", ".join(uses),
        }
        return (
            f'<section class="term scheme" id="{anchor}"><h3>{escape(scheme.label)} '
            f'<a href="#{anchor}"><code>{escape(anchor)}</code></a> '
            f'<span class="kind">concept scheme</span></h3>'
            f'<p class="definition">{escape(scheme.definition)}</p>{_details(facts)}'
            '<table><thead><tr><th scope="col">Concept</th><th scope="col">Definition, example'
            f"</th></tr></thead><tbody>\n{rows}</tbody></table></section>\n"
        )

    def _concept(self, concept: Concept) -> str:
        anchor = self.anchor(concept.iri)
        notes = []
        if concept.other_labels:
            notes.append("also: " + ", ".join(map(escape, concept.other_labels)))
        if concept.broader:
            notes.append("narrower than " + self.links(concept.broader))
        if concept.order:
            notes.append(f"order {escape(concept.order)}")
        note = f' <span class="note">({"; ".join(notes)})</span>' if notes else ""
        return (
            f'<tr id="{anchor}"><th scope="row">{escape(concept.label)}<br>'
            f'<a href="#{anchor}"><code>{escape(anchor)}</code></a></th>'
            f"<td>{escape(concept.definition)}{note}"
            f'<br><span class="example">{escape(concept.example)}</span></td></tr>\n'
        )

    def _derived(self) -> str:
        told = (diplograph.derive.__doc__ or "").partition("\n\n")[2]
        told = re.sub(r":\w+:`[~.]*([\w.]+)`", r"`\1`", told).replace("``", "`")
        return patterns.prose(_text("graphs.md") + "\n" + told)

    def _general_rules(self) -> str:
        v = self.vocabulary
        told = set(v.terms) | {use.owner for use in v.uses}
        others = [rule.subject for rule in v.rules if rule.subject not in told]
        body = ""
        for subject in dict.fromkeys(
            [*(u.owner for u in v.uses if u.owner not in v.terms), *others]
        ):
            name = v.shorten(subject)
            title = OUTSIDE_RULES.get(name, name)
            if subject not in STYLE:
                body += f"<h3>{escape(title)}</h3>{self._rules(subject)}"
        body += "<h3>The vocabulary itself</h3>"
        return body + _list(self._rule(rule) for rule in v.rules if rule.subject in STYLE)

    def _alignment(self) -> str:
        v = self.vocabulary
        rows: dict[str, list[str]] = {}
        for term in v.terms.values():
            for outside in (*term.supers, *term.also):
                if not outside.startswith(DG):
                    rows.setdefault(outside, []).append(term.iri)
        ordered = sorted(rows.items(), key=lambda row: v.shorten(row[0]))
        body = "".join(
            f'<tr><th scope="row">{self.link(outside)}</th><td>{self.links(own)}</td></tr>\n'
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


def _section(anchor: str, title: str, body: str) -> str:
    return f'<section class="part" id="{anchor}"><h2>{escape(title)}</h2>\n{body}</section>\n'


def _link(address: str, text: str) -> str:
    return f'<a href="{address}">{text}</a>' if address else text


def _list(items: Iterable[str]) -> str:
    found = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{found}</ul>" if found else ""


def _details(facts: dict[str, str]) -> str:
    """What there is to say, as a list of name and value."""
    rows = "".join(
        f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items() if value
    )
    return f"<dl>{rows}</dl>"

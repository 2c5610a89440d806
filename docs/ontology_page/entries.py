"""The entries of the page: a class, a property, a scheme with its concepts, a rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from diplograph.namespaces import BASE, DG, local_name
from ontology_page import patterns
from ontology_page.model import Concept, Rule, Scheme, Term, Vocabulary


@dataclass(frozen=True)
class Entries:
    """Everything that has an anchor of its own, and the links to it."""

    vocabulary: Vocabulary
    worked: dict[str, list[patterns.Block]]
    """The worked examples by class."""

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
        return anchored(self.address(iri), f"<code>{escape(self.vocabulary.shorten(iri))}</code>")

    def links(self, iris: Iterable[str]) -> str:
        """Several of them."""
        return ", ".join(self.link(iri) for iri in iris)

    def term(self, term: Term) -> str:
        """The entry of a class or a property."""
        anchor = self.anchor(term.iri)
        return (
            f'<section class="term" id="{anchor}">'
            f'<h3>{escape(term.label)} <a href="#{anchor}"><code>'
            f"{escape(self.vocabulary.shorten(term.iri))}</code></a> "
            f'<span class="kind">{term.kind}</span></h3>'
            f'<p class="definition">{escape(term.definition)}</p>'
            f"{details(self._class(term) if term.is_class else self._property(term))}</section>\n"
        )

    def _class(self, term: Term) -> dict[str, str]:
        v = self.vocabulary
        inherited = [iri for iri in v.above(term.iri) if v.properties(iri)]
        own = [
            f"{self.link(name)} → {self.links(values)}" if values else self.link(name)
            for name, values in v.properties(term.iri).items()
        ]
        own += [f"and those of {self.links(inherited)}"] if inherited else []
        shown = self.worked.get(v.shorten(term.iri), [])
        return {
            "IRI": f"<code>{escape(term.iri)}</code>",
            "Example": "; ".join(map(escape, term.examples)),
            "Subclass of": self.links(term.supers),
            "Subclasses": self.links(v.below(term.iri)),
            "Properties": listed(own),
            "Value of": self.links(
                t.iri for t in v.terms.values() if not t.is_class and term.iri in v.values(t.iri)
            ),
            "What must hold": self.rules(term.iri),
            "Worked example": "; ".join(
                anchored(f"#{block.anchor}", escape(block.section))
                for number, block in enumerate(shown)
                if block.section not in {other.section for other in shown[:number]}
            ),
        }

    def _property(self, term: Term) -> dict[str, str]:
        v = self.vocabulary
        schemes = [
            f"{self.link(use.owner)}: {self.links(use.values)}"
            for use in v.uses
            if use.property == term.iri and set(use.values) & set(v.schemes)
        ]
        used = [u.owner for u in v.uses if u.property == term.iri and u.owner not in term.domains]
        return {
            "IRI": f"<code>{escape(term.iri)}</code>",
            "Example": "; ".join(
                f"<code>{patterns.linked(example, self.of_name)}</code>"
                if "dg:" in example or example.startswith('"')
                else escape(example)
                for example in term.examples
            ),
            "Subproperty of": self.links(term.supers),
            "Also a": self.links(term.also),
            "Domain": self.links(term.domains),
            "Range": self.links(term.ranges),
            "Schemes": listed(schemes),
            "In the rules of": self.links(used),
            "What must hold": self.rules(term.iri),
        }

    def rules(self, subject: str) -> str:
        """The rules of the shapes that bear a name."""
        return listed(self.rule(rule) for rule in self.vocabulary.rules if rule.subject == subject)

    def rule(self, rule: Rule) -> str:
        """What a rule says."""
        warning = '<span class="kind">warns</span> ' if rule.warning else ""
        text = patterns.linked(rule.message, self.of_name)
        return f'<span class="rule" title="shape:{local_name(rule.iri)}">{warning}{text}</span>'

    def scheme(self, scheme: Scheme) -> str:
        """The entry of a scheme with all its concepts."""
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
            f'<p class="definition">{escape(scheme.definition)}</p>{details(facts)}'
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


def anchored(address: str, text: str) -> str:
    """HTML as a link, where there is an address."""
    return f'<a href="{address}">{text}</a>' if address else text


def listed(items: Iterable[str]) -> str:
    """HTML as a list, or nothing."""
    found = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{found}</ul>" if found else ""


def details(facts: dict[str, str]) -> str:
    """What there is to say, as a list of name and value."""
    rows = "".join(
        f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items() if value
    )
    return f"<dl>{rows}</dl>"

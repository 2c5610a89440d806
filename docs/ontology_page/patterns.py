"""The worked examples: the sections of docs/model.md with their Turtle and SPARQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

GUIDE = Path(__file__).parent.parent / "model.md"
_ASSERTED = re.compile(r"\ba (dg:\w+)")
_CODE = re.compile(r"<code>([a-z]+:[A-Za-z][\w-]*)</code>")
_NAME = re.compile(r"\b([a-z]+):([A-Za-z][\w-]*)")

Link = Callable[[str], str]
"""From a prefixed name to the address where it is explained, or to nothing."""


@dataclass(frozen=True)
class Block:
    """A block of code and where on the page it stands."""

    anchor: str
    language: str
    code: str
    section: str
    asked: bool
    """Whether the next block of its section is a query."""


@dataclass(frozen=True)
class Section:
    """A section of the guide: its heading and what stands under it."""

    anchor: str
    title: str
    tokens: tuple[Token, ...]
    blocks: tuple[Block, ...]


def sections() -> list[Section]:
    """Every section of the guide that shows code; what stands before the first is left out."""
    tokens = _markdown().parse(GUIDE.read_text(encoding="utf-8"))
    starts = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
    starts = [i for i in starts if tokens[i].tag == "h2"]
    found = [
        _section(tokens[start + 1].content, tokens[start + 3 : end])
        for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)
    ]
    return [section for section in found if section.blocks]


def examples(found: Iterable[Section]) -> dict[str, list[Block]]:
    """By class (``dg:StageFact``), the Turtle that shows one and is followed by a query."""
    shown: dict[str, list[Block]] = {}
    for section in found:
        for block in section.blocks:
            if block.language == "turtle" and block.asked:
                for name in dict.fromkeys(_ASSERTED.findall(block.code)):
                    shown.setdefault(name, []).append(block)
    return shown


def html(section: Section, link: Link) -> str:
    """The section as HTML, its terms linked to where they are explained."""
    markdown = _markdown()
    anchors = iter(section.blocks)
    parts: list[str] = []
    rest: list[Token] = []
    for token in section.tokens:
        if token.type == "fence":
            block = next(anchors)
            parts += [markdown.renderer.render(rest, markdown.options, {}), figure(block, link)]
            rest = []
        else:
            rest.append(token)
    parts.append(markdown.renderer.render(rest, markdown.options, {}))
    return _CODE.sub(lambda match: linked_code(match[1], link), "".join(parts))


def prose(text: str, link: Link) -> str:
    """A text in Markdown as HTML, its terms linked to where they are explained."""
    return _CODE.sub(lambda match: linked_code(match[1], link), _markdown().render(text))


def linked_code(name: str, link: Link) -> str:
    """A prefixed name as code, a link where it is explained."""
    address = link(name)
    return f'<a href="{address}"><code>{name}</code></a>' if address else f"<code>{name}</code>"


def figure(block: Block, link: Link) -> str:
    """A block of code with its language and an anchor of its own."""
    name = {"turtle": "Turtle", "sparql": "SPARQL"}.get(block.language, block.language)
    return (
        f'<figure class="code" id="{block.anchor}"><figcaption>{escape(name)}</figcaption>'
        f'<pre tabindex="0"><code>{linked(block.code, link)}</code></pre></figure>\n'
    )


def linked(code: str, link: Link) -> str:
    """Code as HTML, each name that the page explains a link to it."""

    def one(match: re.Match[str]) -> str:
        address = link(match[0])
        return f'<a href="{address}">{match[0]}</a>' if address else match[0]

    return _NAME.sub(one, escape(code, quote=False))


def slug(title: str) -> str:
    """A heading as an anchor."""
    return re.sub(r"\W+", "-", title.casefold()).strip("-")


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _section(title: str, tokens: list[Token]) -> Section:
    anchor = f"pattern-{slug(title)}"
    fences = [token for token in tokens if token.type == "fence"]
    blocks = tuple(
        Block(
            anchor=f"{anchor}-{number}",
            language=token.info.strip(),
            code=token.content,
            section=title,
            asked=[t.info.strip() for t in fences[number : number + 1]] == ["sparql"],
        )
        for number, token in enumerate(fences, 1)
    )
    return Section(anchor, title, tuple(tokens), blocks)

"""A SPARQL query laid out for reading: a line for each pattern, indented by its braces.

>>> print("\\n".join(laid_out("SELECT ?x WHERE { ?x a dg:Fact . ?x dg:when ?t }")))
SELECT ?x WHERE {
  ?x a dg:Fact .
  ?x dg:when ?t
}
"""

from __future__ import annotations

import re

__all__ = ["laid_out"]

_TOKEN = re.compile(
    r"""<[^<>"{}|^`\\\s]*>"""  # an IRI
    r"""|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""  # a literal, whose blanks and braces are its own
    r"""|[{}]|\s+|[^\s{}<"']+|.""",
    re.DOTALL,
)
_INDENT = 2


def laid_out(query: str, width: int = 96) -> list[str]:
    """The lines of the query; nothing but blanks between its tokens is changed.

    A line ends after an opening brace and after a dot; a closing brace stands on a line of its
    own. A line that is longer than ``width`` is broken at its semicolons, else between words. Text
    without braces is only broken.
    """
    lines: list[str] = []
    depth, words = 0, [""]

    def end() -> None:
        nonlocal words
        if any(words):
            lines.extend(_broken([word for word in words if word], _INDENT * depth, width))
        words = [""]

    for token in _TOKEN.findall(query):
        if token == "{":
            words += ["{", ""]
            end()
            depth += 1
        elif token == "}":
            end()
            depth = max(0, depth - 1)
            words = ["}", ""]
        elif token.isspace():
            if words == ["}", ""]:
                continue
            if words[-1] == ".":
                end()
            else:
                words.append("")
        else:
            if words[:2] == ["}", ""] and len(words) == 2 and not _goes_on(token):
                end()
            words[-1] += token
    end()
    return lines


def _goes_on(token: str) -> bool:
    """Whether what follows a closing brace belongs on its line."""
    return token.upper() in ("UNION", ".", ";", ",", ")", "AS", "ORDER", "GROUP", "LIMIT", "HAVING")


def _broken(words: list[str], indent: int, width: int) -> list[str]:
    """The words as one line, or as several where it would be too long."""
    line = " " * indent + " ".join(words)
    if len(line) <= width:
        return [line]
    parts: list[list[str]] = [[]]
    for word in words:
        parts[-1].append(word)
        if word == ";":
            parts.append([])
    lines = [""]
    for part in (p for p in parts if p):
        hanging = indent if lines == [""] else indent + 2 * _INDENT
        lines[-1] = " " * hanging
        for word in part:
            if lines[-1].strip() and len(lines[-1]) + 1 + len(word) > width:
                lines.append(" " * (indent + 2 * _INDENT))
            lines[-1] += word if not lines[-1].strip() else " " + word
        lines.append("")
    return lines[:-1]

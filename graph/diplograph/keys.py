"""The form in which names are compared."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["name_key"]


def name_key(name: str) -> str:
    """The form under which a name is looked up: no case, accents, punctuation or article.

    >>> name_key("Shanghai-Five"), name_key("the  SHANGHAI FIVE"), name_key("Communiqué")
    ('shanghai five', 'shanghai five', 'communique')
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    letters = re.sub(r"[’'ʼ`]", "", letters)
    words = re.sub(r"[^\w]+", " ", letters).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)

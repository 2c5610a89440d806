"""Write the near words of the ontology: python docs/make_thesaurus.py FILE FOLDER.

They are those of the Moby Thesaurus. FILE is the thesaurus, a line a head word with its words,
parted by commas (``words.txt`` of the package ``moby`` of npm; Grady Ward gave the thesaurus into
the public domain in 1996). How near two words are is the cosine of the sets of heads and words that
each stands with. Taken are words of the shipped statements and passages that stand under the word
itself, the nearest first, for words that WordNet counts in tagged texts (FOLDER, as of
``make_synonyms.py``), so that rare ones stay out.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from pathlib import Path

from make_synonyms import tagged_words

import diplograph
from diplograph.asking.wording import wording
from diplograph.digests import word_mark
from diplograph.namespaces import INDEX_GRAPH
from diplograph.resources import thesaurus_file
from diplograph.stems import stem

HEAD = """\
# Near words by their stems, with how near they are in hundredths, from the Moby Thesaurus,
# which Grady Ward gave into the public domain (docs/make_thesaurus.py).
"""
LEAST, MOST = 0.22, 7
"""How near a word has to be, and how many are taken for one."""


def main(path: Path, folder: Path) -> None:
    """Write the file of near words anew."""
    near = _neighbours(path)
    counted = {stem(word) for word in filter(_usable, tagged_words(folder))}
    vocabulary = _vocabulary() - {word_mark(word) for word in wording().fillers}
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for word in filter(_usable, near):
        own = stem(word)
        if own not in counted:
            continue
        for other in filter(_usable, near[word]):
            target = stem(other)
            if word_mark(target) not in vocabulary or target == own:
                continue
            common = len(near[word] & near[other])
            how = common / math.sqrt(len(near[word]) * len(near[other]))
            if how >= LEAST:
                found[own][target] = max(found[own].get(target, 0.0), how)
    lines = []
    for own in sorted(set(found) - wording().fillers):
        best = sorted(found[own].items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
        lines.append(f"{own}: {' '.join(f'{word} {100 * how:.0f}' for word, how in best)}\n")
    thesaurus_file().write_text(HEAD + "".join(lines), encoding="utf-8")


def _usable(word: str) -> bool:
    return word.isalpha() and word.isascii() and word.islower() and len(word) > 2


def _neighbours(path: Path) -> dict[str, set[str]]:
    """By word, the heads that it stands under and the words that stand under it."""
    near: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="latin-1").splitlines():
        head, *words = (part.strip() for part in line.split(","))
        for word in words:
            near[head].add(word)
            near[word].add(head)
    return near


def _vocabulary() -> set[str]:
    """The marks of the stems of the statements and passages of the shipped facts."""
    graph = diplograph.open_graph()
    stated, said = (
        {word for word, _ in graph.pairs(
            f"SELECT ?word ?fact {{ GRAPH <{INDEX_GRAPH}> {{ ?fact dg:{name} ?word }} }}"
        )}
        for name in ("word", "said")
    )  # fmt: skip
    return {word_mark(word) for word in stated} | said


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Write the synonyms of the ontology from WordNet: python docs/make_synonyms.py FOLDER.

FOLDER is the one with WordNet's database files (``data.noun`` …; the Debian package
``wordnet-base`` has them). Two words are put together, by their stems, where they share a synset
among the commoner senses of both or where one is derived from the other. A word is taken where
WordNet's own count of tagged texts has it, so that rare words stay out.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

from diplograph.asking.wording import wording
from diplograph.resources import synonyms_file
from diplograph.stems import stem

HEAD = """# Words of one meaning, by their stems, from WordNet 3.0 (docs/make_synonyms.py).
# A line a word; the line “common” has the words that are everywhere in English.
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved; the license is in
# WORDNET-LICENSE.txt beside this file.
"""
COMMON_SENSES = 4
COMMON_WORD = 110
"""How often the tagged texts (some 230,000 words) have a word that tells little by itself."""


def main(folder: Path) -> None:
    """Write the file of synonyms anew."""
    senses, synsets = _senses(folder), _synsets(folder)
    fillers = wording().fillers
    near: dict[str, set[str]] = defaultdict(set)

    def usable(word: str) -> bool:
        return word.isalpha() and word.isascii() and word.islower() and len(word) > 2

    for (word, kind), offsets in senses.items():
        if not usable(word):
            continue
        for offset in offsets:
            words, derived = synsets[kind, offset]
            for other in words:
                if other != word and usable(other) and offset in senses.get((other, kind), ()):
                    near[stem(word)].add(stem(other))
            for other_kind, other_offset, own, target in derived:
                others, _ = synsets[other_kind, other_offset]
                if words[own - 1] == word and usable(others[target - 1]):
                    near[stem(word)].add(stem(others[target - 1]))
                    near[stem(others[target - 1])].add(stem(word))
    tagged = tagged_words(folder)
    often = (word for word, count in tagged.items() if count >= COMMON_WORD and usable(word))
    common = {stem(word) for word in often} - fillers
    lines = [f"common: {' '.join(sorted(common))}\n"]
    for word in sorted(near):
        others = sorted(near[word] - {word} - fillers)
        if others and word not in fillers:
            lines.append(f"{word}: {' '.join(others)}\n")
    synonyms_file().write_text(HEAD + "".join(lines), encoding="utf-8")


def _senses(folder: Path) -> dict[tuple[str, str], list[str]]:
    """By word and kind, the synsets of its commoner senses: those that tagged texts have."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, kind in (("noun", "n"), ("verb", "v"), ("adj", "a")):
        for line in (folder / f"index.{name}").read_text(encoding="ascii").splitlines():
            if line.startswith(" "):
                continue
            parts = line.split()
            pointers = int(parts[3])
            tagged, offsets = int(parts[5 + pointers]), parts[6 + pointers :]
            if tagged:
                found[parts[0], kind] = offsets[: min(tagged, COMMON_SENSES)]
    return found


def tagged_words(folder: Path) -> Counter[str]:
    """The words of WordNet's tagged texts, with how often they have each."""
    counts: Counter[str] = Counter()
    for line in (folder / "cntlist.rev").read_text(encoding="ascii").splitlines():
        key, _, count = line.split()
        counts[key.partition("%")[0]] += int(count)
    return counts


Derived = list[tuple[str, str, int, int]]


def _synsets(folder: Path) -> dict[tuple[str, str], tuple[list[str], Derived]]:
    found = {}
    for name, kind in (("noun", "n"), ("verb", "v"), ("adj", "a")):
        for line in (folder / f"data.{name}").read_text(encoding="ascii").splitlines():
            if line.startswith(" "):
                continue
            parts = line.partition(" | ")[0].split()
            count = int(parts[3], 16)
            words = [parts[4 + 2 * i].lower().partition("(")[0] for i in range(count)]
            at = 4 + 2 * count
            derived = []
            for i in range(int(parts[at])):
                symbol, offset, other, places = parts[at + 1 + 4 * i : at + 5 + 4 * i]
                if symbol == "+" and other in "nva" and places != "0000":
                    derived.append((other, offset, int(places[:2], 16), int(places[2:], 16)))
            found[kind, parts[0]] = (words, derived)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))

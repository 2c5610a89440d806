"""Which words and facts are alike by what stands together: latent semantic indexing.

The matrix of facts and stems, weighed by how telling a stem is, is brought down to its largest
singular values (S. Deerwester et al., *Indexing by latent semantic analysis*, 1990). In that space
stems that occur in like company lie near each other although no fact has both, so that a question
lies near a fact that says the same in other words. It is made of the facts of the graph alone.

A vector is kept as text: its length, a blank, and its direction in signed bytes, as Base64.

>>> texts = {"a": {"fox": 1.0, "den": 1.0}, "b": {"fox": 1.0, "hole": 0.7}, "c": {}}
>>> vectors = latent_vectors(texts)
>>> sorted(vectors.facts), sorted(vectors.stems)
(['a', 'b'], ['den', 'fox', 'hole'])
"""

from __future__ import annotations

import math
from array import array
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import TYPE_CHECKING
from urllib.parse import quote

from diplograph.namespaces import STEM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Matrix = NDArray[np.float64]

__all__ = [
    "DIMENSIONS",
    "Vectors",
    "cosine",
    "cosines",
    "latent_vectors",
    "read_vector",
    "square",
    "stem_iri",
    "together",
]

DIMENSIONS = 100
"""The singular values kept, as many as are usual for some thousands of texts; chosen by how often
the right fact came first among the questions tuned with, where 64 to 150 are about as good."""
_FINEST = 127

Vector = Sequence[float]


@dataclass(frozen=True)
class Vectors:
    """The vectors of facts and of stems, as text; those of stems are weighed."""

    facts: dict[str, str]
    stems: dict[str, str]


def latent_vectors(texts: Mapping[str, Mapping[str, float]]) -> Vectors:
    """The vectors of facts, given how much of each stem they have, and of all their stems.

    A fact without stems has none, and there are none at all of fewer than two facts or stems.
    """
    told = sorted(fact for fact, stems in texts.items() if stems)
    having = Counter(stem for fact in told for stem in texts[fact])
    size = min(DIMENSIONS, len(told) - 1, len(having) - 1)
    if size < 1:
        return Vectors({}, {})
    import numpy as np
    from scipy.sparse import csr_matrix

    column = {stem: place for place, stem in enumerate(sorted(having))}
    telling = {stem: math.log(1 + len(told) / number) for stem, number in having.items()}
    rows, columns, weights = [], [], []
    for row, fact in enumerate(told):
        own = {stem: share * telling[stem] for stem, share in sorted(texts[fact].items())}
        length = math.sqrt(sum(weight * weight for weight in own.values()))
        for stem, weight in own.items():
            rows.append(row)
            columns.append(column[stem])
            weights.append(weight / length)
    matrix = csr_matrix((weights, (rows, columns)), shape=(len(told), len(column)))
    left, values, right = _largest(matrix, size)
    of_facts = left * values
    of_stems = right.T * np.array([telling[stem] for stem in column])[:, None]
    return Vectors(
        {fact: _written(of_facts[row]) for row, fact in enumerate(told)},
        {stem: _written(of_stems[place]) for stem, place in column.items()},
    )


def _largest(matrix: csr_matrix, size: int) -> tuple[Matrix, Matrix, Matrix]:
    """The largest singular values with their vectors, the same at every call.

    By a random subspace with a fixed seed, which powers of the matrix turn towards them (N. Halko,
    P. G. Martinsson, J. A. Tropp, *Finding structure with randomness*, 2011, algorithms 4.4 and
    5.1); the iterative solvers of SciPy start anew from other random vectors where they break down.
    """
    import numpy as np

    wider = min(size + _WIDER, min(matrix.shape))
    start = np.random.default_rng(0).standard_normal((matrix.shape[1], wider))
    basis, _ = np.linalg.qr(matrix @ start)
    for _ in range(_POWERS):
        across, _ = np.linalg.qr(matrix.T @ basis)
        basis, _ = np.linalg.qr(matrix @ across)
    left, values, right = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    return (basis @ left)[:, :size], values[:size], right[:size]


_WIDER, _POWERS = 20, 6
"""How much wider the subspace is than what is sought, and how often it is turned."""


def _written(vector: Iterable[float]) -> str:
    numbers = [float(number) for number in vector]
    length = math.sqrt(sum(number * number for number in numbers)) or 1.0
    most = max(abs(number) for number in numbers) or 1.0
    direction = array("b", (round(_FINEST * number / most) for number in numbers))
    return f"{length:.4g} {b64encode(direction.tobytes()).decode()}"


def read_vector(text: str) -> list[float]:
    """A vector that is kept as text, at its length.

    >>> [round(number, 2) for number in read_vector("2 fwA=")]
    [2.0, 0.0]
    """
    length, _, direction = text.partition(" ")
    numbers = array("b", b64decode(direction))
    whole = math.sqrt(sum(map(mul, numbers, numbers))) or 1.0
    factor = float(length) / whole
    return [factor * number for number in numbers]


def stem_iri(stem: str) -> str:
    """By what the index names a stem that has a vector.

    >>> stem_iri("naïv")
    'https://w3id.org/diplograph/id/stem/na%C3%AFv'
    """
    return STEM + quote(stem)


def together(vectors: Iterable[Vector]) -> list[float]:
    """The sum of some vectors; empty for none.

    >>> together([[1.0, 0.0], [0.5, 2.0]])
    [1.5, 2.0]
    """
    return [sum(numbers) for numbers in zip(*vectors, strict=True)]


def cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors are: 1 where they point the same way, 0 where one of them is nothing.

    >>> cosine([1.0, 0.0], [2.0, 0.0])
    1.0
    """
    return cosines(one, [(other, square(other))])[0]


def cosines(one: Vector, others: Iterable[tuple[Vector, float]]) -> list[float]:
    """How alike a vector is to each of some others, which come with their squares.

    >>> cosines([1.0, 1.0], [([2.0, 2.0], 8.0), ([0.0, 0.0], 0.0)])
    [1.0, 0.0]
    """
    own, found = square(one), []
    for other, squared in others:
        lengths = math.sqrt(own * squared)
        found.append(sum(map(mul, one, other)) / lengths if lengths else 0.0)
    return found


def square(vector: Vector) -> float:
    """The square of the length of a vector.

    >>> square([3.0, 4.0])
    25.0
    """
    return float(sum(map(mul, vector, vector)))

"""Made-up networks of relations, seeded, from thousands to tens of millions of edges.

About 200 countries are the hubs. Agreements tie 2 to 40 parties (edges party – agreement; few have
many); persons hold offices, act for countries and organizations and take part in events; events
involve countries, organizations and persons; transfers of goods go from one country or organization
to another, each a node of its own. Who takes part follows a heavy tail (Zipf-like). Thirteen edge
types; years 1950 to 2024 as first and last days. An edge costs 0.2 + the mean over its ends of
log2(1 + degree), so that hubs are dear.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

ALWAYS, NEVER = -(2**31), 2**31 - 1
COUNTRIES = 200
KINDS = (
    "party", "signatory", "depositary", "member", "observer",
    "office", "envoy", "acts for", "takes part", "hosts",
    "sends", "receives", "kin",
)  # fmt: skip
DAYS = np.array([date(year, 1, 1).toordinal() for year in range(1950, 2027)], np.int32)


@dataclass(frozen=True)
class Made:
    """The arrays of a network, as an index is built from them."""

    nodes: int
    one: NDArray[np.int32]
    two: NDArray[np.int32]
    cost: NDArray[np.float32]
    kind: NDArray[np.uint8]
    since: NDArray[np.int32]
    until: NDArray[np.int32]
    degree: NDArray[np.int64]


def made_up(edges: int, seed: int = 7) -> Made:
    """A network of about so many edges (within a few in a hundred)."""
    random = np.random.default_rng(seed)
    agreements, events, transfers = edges // 16, edges // 40, edges // 12
    persons, organizations = edges // 16, max(edges // 400, 20)
    sizes = (COUNTRIES, organizations, persons, agreements, events, transfers)
    country, organization, person, agreement, event, transfer = np.cumsum((0, *sizes[:-1]))
    nodes = sum(sizes)

    def tail(start: int, size: int, many: int, power: float) -> NDArray[np.int64]:
        """Nodes of a class, the first ones far more often than the last."""
        place = size * random.random(many) ** power
        return start + place.astype(np.int64)

    def agents(many: int, states: float) -> NDArray[np.int64]:
        """Countries in so many of the cases, else organizations."""
        chosen = random.random(many) < states
        return np.where(
            chosen,
            tail(country, COUNTRIES, many, 2.0),
            tail(organization, organizations, many, 3.0),
        )

    parts: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = []

    def tie(one: NDArray[np.int64], two: NDArray[np.int64], kinds: tuple[str, ...]) -> None:
        codes = np.array([KINDS.index(name) for name in kinds])
        parts.append((one, two, codes[random.integers(0, len(codes), len(one))]))

    parties = np.minimum(2 + (random.pareto(1.3, agreements) * 1.5).astype(np.int64), 40)
    each = np.repeat(np.arange(agreement, agreement + agreements), parties)
    tie(each, agents(len(each), 0.75), ("party", "party", "signatory", "observer"))
    few = np.arange(agreement, agreement + agreements, 8)
    tie(few, agents(len(few), 1.0), ("depositary",))
    signers = edges // 14
    tie(
        tail(person, persons, signers, 1.5),
        random.integers(agreement, agreement + agreements, signers),
        ("signatory",),
    )
    everyone = np.arange(person, person + persons)
    tie(everyone, agents(persons, 0.7), ("office", "acts for", "envoy"))
    taking = np.minimum(2 + random.pareto(1.5, events).astype(np.int64), 60)
    each = np.repeat(np.arange(event, event + events), taking)
    chosen = random.random(len(each)) < 0.5
    who = np.where(chosen, tail(person, persons, len(each), 1.5), agents(len(each), 0.8))
    tie(each, who, ("takes part",))
    where = np.arange(event, event + events)
    tie(where, agents(events, 1.0), ("hosts",))
    each = np.arange(transfer, transfer + transfers)
    tie(each, agents(transfers, 0.6), ("sends",))
    tie(each, agents(transfers, 0.5), ("receives",))
    everyone = np.arange(organization, organization + organizations)
    tie(np.repeat(everyone, 4), agents(4 * organizations, 0.9), ("member", "observer"))
    rest = max(edges - sum(len(one) for one, _, _ in parts), 0)
    tie(
        tail(person, persons, rest, 1.2),
        random.integers(person, person + persons, rest),
        ("kin", "acts for"),
    )
    one, two, kind = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    kept = one != two
    one, two, kind = one[kept], two[kept], kind[kept]
    degree = np.bincount(one, minlength=nodes) + np.bincount(two, minlength=nodes)
    weight = np.log2(1 + degree)
    year = (75 * random.random(len(one)) ** 0.6).astype(np.int64)
    lasts = 1 + (random.pareto(1.0, len(one)) * 4).astype(np.int64)
    ends = np.minimum(year + lasts, len(DAYS) - 1)
    since = np.stack([DAYS[year]] * 3)
    level = random.random(len(one))
    since[0, level < 0.15] = NEVER  # not concluded: counts from the second or third level on
    since[1, level < 0.05] = NEVER
    return Made(
        nodes,
        one.astype(np.int32),
        two.astype(np.int32),
        (0.2 + (weight[one] + weight[two]) / 2).astype(np.float32),
        kind.astype(np.uint8),
        since,
        np.where(year + lasts >= 75, NEVER, DAYS[ends] - 1).astype(np.int32),
        degree,
    )

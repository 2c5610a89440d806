"""What numba compiles of the search for the cheapest walks between two nodes.

The same search as in :mod:`diplograph.pathindex.plain`, where it is explained, on arrays;
:mod:`diplograph.pathindex.compiled` calls it.

Labels stand in one array for both sides, forward (0) and backward (1). ``heads`` are two tables
with open addressing that tell one label of a node, which leads to its others by ``link``; where
several walks are looked for, from the cheapest to the dearest. The
queues are binary heaps of two arrays: cost, and steps + 1 above 32 bits of label (0 for the rest of
a row). Everything grows between two steps of the search, never within.

All that is compiled stands in this one file, with the constants it uses, because numba compiles a
function anew when its own file changes, not when that of one it calls does: what is kept on disk
would go on calling the former one. Nothing else stands in it.
"""

from __future__ import annotations

import numpy as np
from numba import njit

__all__ = ["ANY", "best_walks"]

NONE, ANY = -1, 2**30
"""No label or node; any number of steps."""

TENTATIVE, SETTLED = 0, 1

LABEL = np.dtype(
    [
        ("cost", np.float64),
        ("next", np.int64),
        ("node", np.int32),
        ("before", np.int32),
        ("link", np.int32),
        ("steps", np.int32),
        ("side", np.uint8),
        ("passed", np.uint8),
        ("state", np.uint8),
    ],
    align=True,
)
compiled = njit(cache=True, nogil=True)


@compiled
def best_walks(  # type: ignore[no-untyped-def]
    starts, slots, counts, through, closed_nodes, banned, ends, twice, most, most_cost, left, chunk,
    many,
):  # fmt: skip
    """The best walks, what the last or another costs at least, and how many labels were settled.

    The walks are told one after the other in one array, with their lengths in another.
    """
    labels = np.empty(4 * chunk + 512, LABEL)
    size = 0
    heads = np.full((2, 1024, 2), NONE, np.int32)
    held = np.zeros(2, np.int64)
    keys = np.empty((2, 4 * chunk + 512), np.float64)
    what = np.empty((2, 4 * chunk + 512), np.int64)
    queued = np.zeros(2, np.int64)
    closed = _set_of(closed_nodes)
    found = np.zeros(1, np.int64)
    best = np.empty((many, 5), np.int64)  # of each: fore label, node, back label, steps, mark
    costs = np.empty(many, np.float64)
    walks = (found, best, costs)
    bound = np.array([most_cost, np.inf])  # of what is looked for, and of what was left out
    done = np.zeros(2, np.bool_)  # whether all is labelled that one step leads to
    task = (ends, banned, closed, through, twice, most, done, many)
    for side in range(2):
        passed = np.uint8(0 if twice else 1)
        _write(labels, size, side, ends[side], 0.0, 0, passed, NONE)
        labels[size].next = starts[ends[side]]
        labels[size].link = NONE
        _put_head(heads, side, ends[side], size)
        held[side] = 1
        _push(keys, what, queued, side, 0.0, (1 << 32) | size)
        size += 1
    settled = 0
    while (
        queued[0] > 0 and queued[1] > 0 and keys[0, 0] + keys[1, 0] <= bound[0] and settled <= left
    ):
        side = 0 if queued[0] <= queued[1] else 1
        if size + chunk + 1 > len(labels):
            labels = _longer(labels, size)
        if max(queued[0], queued[1]) + chunk + 1 > keys.shape[1]:
            keys, what = _wider(keys, queued), _wider(what, queued)
        if 2 * (held[side] + chunk) > heads.shape[1]:
            heads = _rehashed(heads)
        cost, entry = keys[side, 0], what[side, 0]
        _pop(keys, what, queued, side)
        label = entry & 0xFFFFFFFF
        steps = (entry >> 32) - 1
        if steps >= 0:
            now = labels[label]
            if now.state == SETTLED or now.cost != cost or now.steps != steps:
                continue
            if _dominated(
                labels, heads, side, task, now.node, cost, steps, now.passed, now.before, label
            ):
                continue
            labels[label].state = SETTLED
            labels[label].next = starts[labels[label].node]
            settled += 1
        node = labels[label].node
        base = labels[label].cost
        place = labels[label].next
        until = min(place + chunk, starts[node + 1])
        left_off = False
        while place < until:
            cost = base + slots[place].cost
            if cost + keys[1 - side, 0] > bound[0]:
                bound[1] = min(bound[1], cost + keys[1 - side, 0])
                left_off = True
                break
            slot = slots[place]
            place += 1
            if _counts(slot, counts):
                size = _reach(
                    labels, size, heads, held, keys, what, queued, task, walks, bound,
                    side, label, slot.neighbour, cost, True,
                )  # fmt: skip
        labels[label].next = place
        if label == side and place == starts[node + 1]:
            done[side] = True
        if not left_off and place < starts[node + 1]:
            _push(keys, what, queued, side, base + slots[place].cost, label)
    if queued[0] > 0 and queued[1] > 0:
        bound[1] = min(bound[1], keys[0, 0] + keys[1, 0])
    if settled <= left:
        if size + 1 > len(labels):
            labels = _longer(labels, size)
        _straddle(
            starts, slots, counts, labels, size, heads, held, keys, what, queued, task, walks,
            bound, 8 * chunk,
        )  # fmt: skip
    lengths = best[: found[0], 3] + 1
    nodes, place = np.empty(lengths.sum(), np.int32), 0
    for number in range(found[0]):
        fore, node, back, steps, _ = best[number]
        nodes[place : place + steps + 1] = _walk(labels, fore, node, back, steps)
        place += steps + 1
    return nodes, lengths, bound[0] if found[0] == many else bound[1], settled


@compiled
def _straddle(  # type: ignore[no-untyped-def]
    starts,
    slots,
    counts,
    labels,
    size,
    heads,
    held,
    keys,
    what,
    queued,
    task,
    walks,
    bound,
    short,
):
    """Try the edges between two nodes whose rows were both left before they came up."""
    nearest = np.full((2, 2), np.inf)  # by side, of all such rows and of the long ones
    for label in range(size):
        now = labels[label]
        rest = starts[now.node + 1] - now.next
        if now.state == SETTLED and rest > 0:
            nearest[now.side, 0] = min(nearest[now.side, 0], now.cost)
            if rest > short:
                nearest[now.side, 1] = min(nearest[now.side, 1], now.cost)
    for label in range(size):
        now = labels[label]
        end = starts[now.node + 1]
        if now.state != SETTLED or now.next == end:
            continue
        side = now.side
        long = end - now.next > short
        if long and side == 1:
            continue  # its edges to short rows are tried from there, to long ones from side 0
        near = nearest[1 - side, 1 if long else 0]
        for place in range(now.next, end):
            cost = now.cost + slots[place].cost
            if cost + near > bound[0]:
                bound[1] = min(bound[1], cost + near)
                break
            slot = slots[place]
            if _head(heads, 1 - side, slot.neighbour) != NONE and _counts(slot, counts):
                _reach(
                    labels, size, heads, held, keys, what, queued, task, walks, bound,
                    side, label, slot.neighbour, cost, False,
                )  # fmt: skip


@compiled
def _counts(slot, counts):  # type: ignore[no-untyped-def]
    kinds, level, before, since = counts
    return kinds[slot.kind] != 0 and slot.since[level] < before and slot.until >= since


@compiled
def _reach(  # type: ignore[no-untyped-def]
    labels,
    size,
    heads,
    held,
    keys,
    what,
    queued,
    task,
    walks,
    bound,
    side,
    label,
    node,
    cost,
    keep,
):
    """Walk one step on from a label, and meet the other side there; the number of labels then."""
    ends, banned, closed, through, twice, most, done, many = task
    goal = node == ends[1 - side]
    now = labels[label]
    steps = now.steps + 1
    if node == ends[side] or steps + (0 if goal else 1) > most:
        return size
    one_left = not goal and steps + 1 == most and done[1 - side]
    if one_left and _head(heads, 1 - side, node) == NONE:
        return size
    if len(closed) > 1 and _holds(closed, node):
        return size
    if twice and now.before != NONE and labels[now.before].node == node:
        return size
    for other in banned:
        if (now.node == ends[0] and node == other) or (node == ends[0] and now.node == other):
            return size
    passed = now.passed
    if twice and not goal and through[node] != 0:
        passed = np.uint8(1)
    if _dominated(labels, heads, side, task, node, cost, steps, passed, label, NONE):
        return size
    known = 0
    met = _head(heads, 1 - side, node)
    while met != NONE:
        if labels[met].state == SETTLED:
            known += 1
        _join(labels, task, walks, bound, side, label, node, cost, steps, passed, met)
        met = labels[met].link
    if goal or one_left or not keep:
        return size
    if cost + keys[1 - side, 0] > bound[0]:
        bound[1] = min(bound[1], cost + keys[1 - side, 0])
        return size
    if known >= many and not twice and most == ANY:
        return size  # from there on the other side knows best
    head = _head(heads, side, node)
    here = head if many == 1 else NONE
    while here != NONE:
        old = labels[here]
        if (
            old.state == TENTATIVE
            and (not twice or _same(labels, old.before, label))
            and _as_good(
                labels,
                side,
                most,
                cost,
                steps,
                passed,
                label,
                old.cost,
                old.steps,
                old.passed,
                old.before,
            )
        ):
            _write(labels, here, side, node, cost, steps, passed, label)
            break
        here = labels[here].link
    if here == NONE:
        here = size
        size += 1
        _write(labels, here, side, node, cost, steps, passed, label)
        if many > 1 and head != NONE and labels[head].cost <= cost:
            while labels[head].link != NONE and labels[labels[head].link].cost <= cost:
                head = labels[head].link
            labels[here].link = labels[head].link
            labels[head].link = here
        else:
            labels[here].link = head
            if _put_head(heads, side, node, here):
                held[side] += 1
    _push(keys, what, queued, side, cost, (np.int64(steps + 1) << 32) | here)
    return size


@compiled
def _dominated(  # type: ignore[no-untyped-def]
    labels, heads, side, task, node, cost, steps, passed, before, itself
):
    """Whether no walk needs the label, because of others at its node."""
    twice, most, many = task[4], task[5], task[7]
    found = 0
    here = _head(heads, side, node)
    while here != NONE:
        old = labels[here]
        if many > 1:
            if old.cost > cost:
                return False  # as are all that follow
            if here != itself and old.before == before:
                return True  # the same step by a cheaper edge
        if here != itself and _as_good(
            labels, side, most, old.cost, old.steps, old.passed, old.before, cost, steps, passed,
            before,
        ):  # fmt: skip
            found += 1
            if twice and (found == 2 or _same(labels, old.before, before)):
                return True
            if not twice and found == many:
                return True
        here = old.link
    return False


@compiled
def _as_good(  # type: ignore[no-untyped-def]
    labels, side, most, cost, steps, passed, before, cost_2, steps_2, passed_2, before_2
):
    """Whether whatever goes on from the second goes on from the first as well, and no worse."""
    if cost > cost_2 or passed < passed_2:
        return False
    if cost < cost_2:
        return most == ANY or steps <= steps_2
    if steps != steps_2:
        return steps < steps_2
    return _first(labels, side, before, before_2)


@compiled
def _first(labels, side, one, two):  # type: ignore[no-untyped-def]
    """Whether the walk over ``one`` comes before that over ``two``, or is the same."""
    found = True
    while one != two and one != NONE and two != NONE:
        if labels[one].node != labels[two].node:
            found = labels[one].node < labels[two].node
            if side == 1:  # the walk is told from this node on, not up to it
                break
        one, two = labels[one].before, labels[two].before
    return found


@compiled
def _same(labels, one, two):  # type: ignore[no-untyped-def]
    """Whether both labels are of the same node."""
    if one == NONE or two == NONE:
        return False
    return labels[one].node == labels[two].node


@compiled
def _join(  # type: ignore[no-untyped-def]
    labels, task, walks, bound, side, before, node, cost, steps, passed, met
):
    """Take the walk over both labels for one of the best, if it is."""
    twice, most, many = task[4], task[5], task[7]
    found, best, costs = walks
    other = labels[met]
    cost = cost + other.cost
    steps = steps + other.steps
    if steps > most or (passed == 0 and other.passed == 0):
        return
    if twice and _same(labels, before, other.before):
        return
    if cost > bound[0]:
        bound[1] = min(bound[1], cost)
        return
    fore, back = before, other.before
    if side == 1:
        fore, back = back, fore
    place = found[0]
    walk = _walk(labels, fore, node, back, steps)
    mark = np.int64(0)
    for inner in walk:
        mark = mark * 1_000_003 + inner
    for number in range(found[0]):
        if best[number, 4] == mark and _order(labels, walk, best[number]) == 0:
            if costs[number] <= cost:
                return
            found[0] -= 1  # the same nodes by dearer edges
            for after in range(number, found[0]):
                best[after], costs[after] = best[after + 1], costs[after + 1]
            place = min(place, number)
            break
        if cost < costs[number] or (
            cost == costs[number] and _order(labels, walk, best[number]) < 0
        ):
            place = min(place, number)
    if place == many:
        return
    found[0] = min(found[0] + 1, many)
    for after in range(found[0] - 1, place, -1):
        best[after], costs[after] = best[after - 1], costs[after - 1]
    costs[place] = cost
    best[place, 0], best[place, 1], best[place, 2] = fore, node, back
    best[place, 3], best[place, 4] = steps, mark
    if found[0] == many:
        bound[0] = costs[many - 1]


@compiled
def _order(labels, walk, told):  # type: ignore[no-untyped-def]
    """Below 0 if a walk comes before one that was met, above 0 if after, 0 if it is the same."""
    if len(walk) != told[3] + 1:
        return len(walk) - told[3] - 1
    other = _walk(labels, told[0], told[1], told[2], told[3])
    for place in range(len(walk)):
        if walk[place] != other[place]:
            return np.int64(walk[place]) - other[place]
    return np.int64(0)


@compiled
def _walk(labels, fore, node, back, steps):  # type: ignore[no-untyped-def]
    """The nodes of a walk: of a forward label, the node between, and a backward label."""
    nodes = np.empty(steps + 1, np.int32)
    place = labels[fore].steps + 1 if fore != NONE else 0
    nodes[place] = node
    while back != NONE:
        place += 1
        nodes[place] = labels[back].node
        back = labels[back].before
    place = labels[fore].steps if fore != NONE else 0
    while fore != NONE:
        nodes[place] = labels[fore].node
        place -= 1
        fore = labels[fore].before
    return nodes


@compiled
def _write(labels, label, side, node, cost, steps, passed, before):  # type: ignore[no-untyped-def]
    """Set what a label tells; its link and its place in the row stay."""
    labels[label].side = side
    labels[label].node = node
    labels[label].cost = cost
    labels[label].steps = steps
    labels[label].passed = passed
    labels[label].before = before
    labels[label].state = TENTATIVE


@compiled
def _push(keys, what, queued, side, cost, entry):  # type: ignore[no-untyped-def]
    place = queued[side]
    queued[side] = place + 1
    while place > 0:
        above = (place - 1) >> 1
        key = keys[side, above]
        if key < cost or (key == cost and what[side, above] <= entry):
            break
        keys[side, place], what[side, place] = key, what[side, above]
        place = above
    keys[side, place], what[side, place] = cost, entry


@compiled
def _pop(keys, what, queued, side):  # type: ignore[no-untyped-def]
    size = queued[side] - 1
    queued[side] = size
    cost, entry = keys[side, size], what[side, size]
    place = 0
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        key = keys[side, below]
        if below + 1 < size:
            right = keys[side, below + 1]
            if right < key or (right == key and what[side, below + 1] < what[side, below]):
                below, key = below + 1, right
        if cost < key or (cost == key and entry <= what[side, below]):
            break
        keys[side, place], what[side, place] = key, what[side, below]
        place = below
    keys[side, place], what[side, place] = cost, entry


@compiled
def _place(node, size):  # type: ignore[no-untyped-def]
    """Where a node is first looked for in a table of ``size`` places, a power of two."""
    mixed = np.int64(node) * 0x9E3779B1
    return (mixed ^ (mixed >> 15)) & (size - 1)


@compiled
def _head(heads, side, node):  # type: ignore[no-untyped-def]
    """The first label of a node."""
    size = heads.shape[1]
    place = _place(node, size)
    while heads[side, place, 0] != NONE:
        if heads[side, place, 0] == node:
            return np.int64(heads[side, place, 1])
        place = (place + 1) & (size - 1)
    return np.int64(NONE)


@compiled
def _put_head(heads, side, node, label):  # type: ignore[no-untyped-def]
    """Set a node's first label; whether it had none."""
    size = heads.shape[1]
    place = _place(node, size)
    while heads[side, place, 0] != NONE and heads[side, place, 0] != node:
        place = (place + 1) & (size - 1)
    new = heads[side, place, 0] == NONE
    heads[side, place, 0] = node
    heads[side, place, 1] = label
    return new


@compiled
def _rehashed(heads):  # type: ignore[no-untyped-def]
    """The same tables with four times the places."""
    wider = np.full((2, 4 * heads.shape[1], 2), NONE, np.int32)
    for side in range(2):
        for place in range(heads.shape[1]):
            if heads[side, place, 0] != NONE:
                _put_head(wider, side, heads[side, place, 0], heads[side, place, 1])
    return wider


@compiled
def _longer(labels, size):  # type: ignore[no-untyped-def]
    longer = np.empty(2 * len(labels), labels.dtype)
    longer[:size] = labels[:size]
    return longer


@compiled
def _wider(queue, queued):  # type: ignore[no-untyped-def]
    wider = np.empty((2, 2 * queue.shape[1]), queue.dtype)
    for side in range(2):
        wider[side, : queued[side]] = queue[side, : queued[side]]
    return wider


@compiled
def _set_of(nodes):  # type: ignore[no-untyped-def]
    """A table of nodes with open addressing; of one place if there are none."""
    size = 1
    while len(nodes) > 0 and size < 2 * len(nodes) + 2:
        size *= 2
    table = np.full(size, NONE, np.int32)
    for node in nodes:
        place = _place(node, size)
        while table[place] != NONE and table[place] != node:
            place = (place + 1) & (size - 1)
        table[place] = node
    return table


@compiled
def _holds(table, node):  # type: ignore[no-untyped-def]
    place = _place(node, len(table))
    while table[place] != NONE:
        if table[place] == node:
            return True
        place = (place + 1) & (len(table) - 1)
    return False

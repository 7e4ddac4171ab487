"""Hidden checks of the kata mpnn."""

import math

import numpy as np

from nnkata.testing import assert_close, assert_unchanged, points, raises

CLOSE = {"rtol": 1e-9, "atol": 1e-12}
SENDER = "lambda s, r: s"
BOTH = "lambda s, r: 2.0 * s - r + 0.5 * s * r"
"""Messages that depend on both ends, and on which end is which."""
TAKE = "lambda h, g: g"
ADD = "lambda h, g: h + g"
TANH = "lambda h, g: np.tanh(0.7 * h + 0.4 * g)"
SIZES = ((5, 2, 8), (3, 4, 5), (7, 1, 12), (4, 3, 9))
"""n, d and E."""


def gathered(messages, dst, n, how):
    """Return what each node gathers, computed message by message."""
    rows = []
    for node in range(n):
        own = [m for m, to in zip(messages.tolist(), dst, strict=True) if to == node]
        columns = list(zip(*own, strict=True)) if own else [(0.0,)] * messages.shape[1]
        if how == "max":
            rows.append([max(column) for column in columns])
        else:
            size = len(own) if how == "mean" and own else 1
            rows.append([math.fsum(column) / size for column in columns])
    return np.array(rows, float).reshape(n, messages.shape[1])


def exact(h, edges, message, update, how="sum", steps=1):
    """Return the states after some steps; message and update are functions of the check."""
    states = np.array(h, float)
    for _ in range(steps):
        src, dst = edges[:, 0], edges[:, 1]
        messages = message(states[src], states[dst])
        states = update(states, gathered(messages, dst, len(states), how))
    return states


def passed(solution, h, edges, message, update, close=CLOSE, **words):
    """Compare message_passing with what is right; message and update are texts."""
    send, renew = solution.fn(message), solution.fn(update)
    got = solution.message_passing(h, edges, send, renew, **words)
    how, steps = words.get("aggregate", "sum"), words.get("steps", 1)
    expected = exact(h, edges, send, renew, how, steps)
    if np.asarray(h).dtype == np.float32:
        expected = expected.astype(np.float32)
    assert_close(got, expected, **close)


def draw(rng, n, d, e):
    """Draw states and edges.

    Nodes get different numbers of messages, and one gets none. No edge is there twice, and its
    reverse is no edge. Edges lead to nodes with larger and with smaller numbers, and one to a
    larger number comes from a node that gets a message itself.
    """
    h = rng.normal(size=(n, d)) + 0.1
    while True:
        heard = int(rng.integers(2, n))
        pairs = [(i, j) for i in range(n) for j in range(heard) if i != j]
        chosen = rng.permutation(len(pairs))
        edges, taken = [], set()
        for place in chosen:
            i, j = pairs[place]
            if (j, i) not in taken and len(edges) < e:
                taken.add((i, j))
                edges.append((i, j))
        counts = np.bincount([j for _, j in edges], minlength=n)
        drawn = rng.permutation(n)[np.array(edges)]
        upwards = drawn[:, 0] < drawn[:, 1]
        hears = np.isin(drawn[:, 0], drawn[:, 1])
        if len(set(counts.tolist())) >= 3 and (upwards & hears).any() and not upwards.all():
            return h, drawn


def draw_negative(rng, n, d, e):
    """Draw states that are all negative, and edges."""
    h, edges = draw(rng, n, d, e)
    return -np.abs(h) - 0.1, edges


# message_passing


def test_the_example(solution):
    """In the example of the lesson, node 2 gathers 1 + 20 = 21, and the others gather 0."""
    h, edges = np.array([[1.0], [20.0], [5.0]]), np.array([[0, 2], [1, 2]])
    passed(solution, h, edges, SENDER, ADD)


@points(4)
def test_sums(solution, rng):
    """Each node gathers the sum of all messages that arrive at it."""
    for n, d, e in SIZES:
        h, edges = draw(rng, n, d, e)
        passed(solution, h, edges, SENDER, ADD)
        passed(solution, h, edges, SENDER, TANH, aggregate="sum")


@points(3)
def test_messages_of_both_ends(solution, rng):
    """message_fn gets the states of the senders first and those of the receivers second."""
    for n, d, e in SIZES:
        h, edges = draw(rng, n, d, e)
        passed(solution, h, edges, BOTH, ADD)


@points(3)
def test_means(solution, rng):
    """With "mean", each node gathers the mean of the messages that arrive at it."""
    for n, d, e in SIZES:
        h, edges = draw(rng, n, d, e)
        passed(solution, h, edges, BOTH, ADD, aggregate="mean")


@points(3)
def test_maxima(solution, rng):
    """With "max", each node gathers the largest of each number, also if all are negative."""
    for n, d, e in SIZES:
        for h, edges in (draw(rng, n, d, e), draw_negative(rng, n, d, e)):
            passed(solution, h, edges, SENDER, ADD, aggregate="max")


@points(3)
def test_nodes_at_which_nothing_arrives(solution, rng):
    """A node at which no message arrives gathers 0, and is updated like all others."""
    for n, d, e in SIZES[:3]:
        h, edges = draw(rng, n, d, e)
        for how in ("sum", "mean", "max"):
            passed(solution, h, edges, SENDER, TAKE, aggregate=how)


@points(2)
def test_repeated_edges(solution, rng):
    """An edge that is there twice carries two messages."""
    for n, d, e in SIZES[:3]:
        h, edges = draw(rng, n, d, e)
        again = np.concatenate([edges, edges[: e // 2], edges[:1]])
        again = again[rng.permutation(len(again))]
        for how in ("sum", "mean"):
            passed(solution, h, again, BOTH, ADD, aggregate=how)


def test_loops(solution, rng):
    """An edge from a node to itself carries a message as any other."""
    for n, d, e in SIZES[:2]:
        h, edges = draw(rng, n, d, e)
        node = int(rng.integers(n))
        edges = np.concatenate([edges, [[node, node]]])
        passed(solution, h, edges, BOTH, ADD)


@points(4)
def test_steps(solution, rng):
    """In each step, all messages are computed from the states after the step before."""
    for n, d, e in SIZES:
        h, edges = draw(rng, n, d, e)
        edges = np.concatenate([edges, edges[:, ::-1]])
        for steps, how in ((2, "sum"), (3, "mean"), (5, "max")):
            passed(solution, h, edges, BOTH, TANH, aggregate=how, steps=steps)


@points(2)
def test_other_widths(solution, rng):
    """Messages and new states may have another number of columns than the states."""
    wide = "lambda s, r: np.concatenate([s, r[:, :1] ** 2], axis=1)"
    one = "lambda s, r: s[:, :1] - r[:, :1]"
    beside = "lambda h, g: np.concatenate([h, g], axis=1)"
    for n, d, e in SIZES[:3]:
        h, edges = draw(rng, n, d, e)
        passed(solution, h, edges, wide, TAKE)
        passed(solution, h, edges, one, beside)
        passed(solution, h, edges, one, beside, aggregate="mean", steps=3)


def test_no_edges(solution, rng):
    """Without edges every node gathers 0; without nodes the result has no rows."""
    none = np.zeros((0, 2), int)
    for how in ("sum", "mean", "max"):
        h = rng.normal(size=(3, 2))
        passed(solution, h, none, SENDER, ADD, aggregate=how)
        passed(solution, h, none, SENDER, TAKE, aggregate=how)
        passed(solution, np.zeros((0, 2)), none, SENDER, ADD, aggregate=how)


def test_no_steps(solution, rng):
    """With steps=0 the result is a copy of h."""
    for n, d, e in SIZES[:2]:
        h, edges = draw(rng, n, d, e)
        passed(solution, h, edges, SENDER, ADD)
        got = solution.message_passing(h, edges, solution.fn(SENDER), solution.fn(ADD), steps=0)
        assert_close(got, h)
        integers = rng.integers(-5, 5, (n, d))
        got = solution.message_passing(
            integers, edges, solution.fn(SENDER), solution.fn(ADD), steps=0
        )
        assert_close(got, integers.astype(float))


@points(3)
def test_graph_convolution(solution, rng):
    """A graph convolution is message passing, if each state contains 1/√degree beside it."""
    for n, d, o in ((5, 3, 2), (4, 2, 6)):
        A = np.triu(rng.random((n, n)) < 0.5, 1)
        A[0, 1:3] = True
        A = A + A.T + np.eye(n)
        order = rng.permutation(n)
        A, H, W = A[order][:, order], rng.normal(size=(n, d)), rng.normal(size=(d, o))
        root = 1 / np.sqrt(A.sum(axis=1, keepdims=True))
        message = "lambda s, r: s[:, :-1] * s[:, -1:] * r[:, -1:]"
        update = f"lambda h, g: np.maximum(g @ np.array({W.tolist()}), 0.0)"
        got = solution.message_passing(
            np.concatenate([H, root], axis=1), np.argwhere(A), solution.fn(message),
            solution.fn(update),
        )  # fmt: skip
        assert_close(got, np.maximum(root * A * root.T @ H @ W, 0.0), **CLOSE)


# readout


def assert_readouts(solution, h):
    """Compare the three readouts."""
    for how, reduce in (("sum", np.sum), ("mean", np.mean), ("max", np.max)):
        expected = reduce(h, axis=0) if len(h) else np.zeros(h.shape[1])
        assert_close(solution.readout(h, how), expected, **CLOSE)
    expected = h.sum(axis=0)
    assert_close(solution.readout(h), expected, **CLOSE)


@points(3)
def test_readout(solution, rng):
    """readout gives the sum, mean or maximum over all nodes; the sum if nothing is said."""
    for n, d in ((4, 3), (1, 2), (3, 5)):
        assert_readouts(solution, rng.normal(size=(n, d)))
        assert_readouts(solution, -rng.uniform(0.5, 2.0, (n, d)))


def test_readout_of_no_nodes(solution, rng):
    """The readout of a graph without nodes is 0."""
    for d in (3, 2):
        assert_readouts(solution, rng.uniform(0.5, 2.0, (2, d)))
        assert_readouts(solution, np.zeros((0, d)))


@points(2)
def test_two_triangles_and_a_hexagon(solution, rng):
    """Two triangles and a hexagon with equal states give equal readouts, whatever is sent."""
    hexagon = [(i, (i + 1) % 6) for i in range(6)]
    triangles = [(i, 3 * (i // 3) + (i + 1) % 3) for i in range(6)]
    for _ in range(2):
        h, order = np.tile(rng.normal(size=(1, 3)), (6, 1)), rng.permutation(6)
        for graph in (hexagon, triangles):
            edges = np.array(graph + [(j, i) for i, j in graph])
            got = solution.message_passing(
                h, order[edges], solution.fn(BOTH), solution.fn(TANH), steps=3
            )
            message, update = solution.fn(BOTH), solution.fn(TANH)
            assert_close(got, exact(h, edges, message, update, "sum", 3), **CLOSE)
            expected = 6 * exact(h, edges, message, update, "sum", 3)[0]
            assert_close(solution.readout(got), expected, **CLOSE)


# types and arguments


@points(2)
def test_types(solution, rng):
    """float32 stays float32, and integers are converted to float64."""
    for n, d, e in SIZES[:2]:
        h, edges = draw(rng, n, d, e)
        integers = rng.integers(-50, 50, (n, d))
        single = h.astype(np.float32)
        for how in ("sum", "mean", "max"):
            close = {"rtol": 1e-4, "atol": 1e-5}
            passed(solution, single, edges, SENDER, ADD, close=close, aggregate=how)
            passed(solution, integers.astype(np.int8), edges, BOTH, ADD, aggregate=how)
            expected = {"sum": single.sum(0), "mean": single.mean(0), "max": single.max(0)}[how]
            assert_close(solution.readout(single, how), expected, **close)
        assert_close(solution.readout(integers), integers.sum(axis=0).astype(float))


def test_refuses_wrong_edges(solution, rng):
    """Edges are (E, 2), integers, and name only nodes that exist; all else raises a ValueError."""
    h, edges = draw(rng, 4, 3, 6)
    passed(solution, h, edges, SENDER, ADD)
    row, side = int(rng.integers(len(edges))), int(rng.integers(2))
    for number in (-1, 4):
        wrong = edges.copy()
        wrong[row, side] = number
        with raises(ValueError):
            solution.message_passing(h, wrong, solution.fn(SENDER), solution.fn(ADD))
    for wrong in (
        edges[0], edges.T[:, :3], edges[np.newaxis], edges.astype(float), edges[:, :1],
        np.concatenate([edges, edges], axis=1), np.int64(1),
    ):  # fmt: skip
        with raises(ValueError):
            solution.message_passing(h, wrong, solution.fn(SENDER), solution.fn(ADD))


def test_refuses_other_words(solution, rng):
    """Another word than sum, mean and max, and steps below 0, raise a ValueError."""
    h, edges = draw(rng, 4, 3, 6)
    passed(solution, h, edges, SENDER, ADD)
    assert_readouts(solution, np.abs(h))
    send, renew = solution.fn(SENDER), solution.fn(ADD)
    for word in ("average", "", "min"):
        with raises(ValueError):
            solution.message_passing(h, edges, send, renew, aggregate=word)
        with raises(ValueError):
            solution.readout(h, word)
    with raises(ValueError):
        solution.message_passing(h, edges, send, renew, steps=-1)


def test_refuses_states_of_another_shape(solution, rng):
    """If h is not (n, d), both functions raise a ValueError."""
    h, edges = draw(rng, 4, 3, 6)
    passed(solution, h, edges, SENDER, ADD)
    assert_readouts(solution, np.abs(h))
    for wrong in (h[:, 0], h[np.newaxis], h[..., np.newaxis], np.float64(1.0)):
        with raises(ValueError):
            solution.message_passing(wrong, edges, solution.fn(SENDER), solution.fn(ADD))
        with raises(ValueError):
            solution.message_passing(wrong, edges, solution.fn(SENDER), solution.fn(ADD), steps=0)
        with raises(ValueError):
            solution.readout(wrong)


def test_refuses_results_of_another_shape(solution, rng):
    """If a function does not return one row per edge or per node, a ValueError is raised."""
    h, edges = draw(rng, 4, 3, 6)
    passed(solution, h, edges, SENDER, ADD)
    for message, update in (
        ("lambda s, r: s[:1]", ADD),
        ("lambda s, r: s[0]", ADD),
        ("lambda s, r: s[:, :, None]", TAKE),
        ("lambda s, r: np.concatenate([s, s])", ADD),
        (SENDER, "lambda h, g: h[:2]"),
        (SENDER, "lambda h, g: h[:, 0]"),
        (SENDER, "lambda h, g: h[:, :, None]"),
        (SENDER, "lambda h, g: np.concatenate([h, g])"),
    ):
        with raises(ValueError):
            solution.message_passing(h, edges, solution.fn(message), solution.fn(update))


def test_leaves_its_arguments_alone(solution, rng):
    """h and edges do not change, even if the functions change what they get."""
    for n, d, e in SIZES[:2]:
        h, edges = draw(rng, n, d, e)
        before = h.copy(), edges.copy()
        for message, update in ((SENDER, ADD), ("lambda s, r: s.__imul__(2.0)", ADD)):
            passed(solution, h, edges, message, update)
        expected = exact(h, edges, solution.fn(SENDER), solution.fn(ADD), "sum", 2)
        for _ in range(2):
            got = solution.message_passing(
                h, edges, solution.fn(SENDER), solution.fn("lambda h, g: h.__iadd__(g)"), steps=2
            )
            assert_close(got, expected, **CLOSE)
            assert_unchanged(h, before[0], "h")
            assert_unchanged(edges, before[1], "edges")
        assert_close(solution.readout(h), before[0].sum(axis=0), **CLOSE)
        assert_unchanged(h, before[0], "h")

"""Hidden checks of the kata transformer-block.

The two slow checks train a block and get all weights back: what counts is computed here.
"""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_unchanged,
    points,
    raises,
    slow,
)
from refnn.digits.data import frozen_split

CLOSE = {"rtol": 1e-7, "atol": 1e-10}
MEASURED = {"rtol": 1e-6, "atol": 1e-7}
MAPS = ("query", "key", "value", "output")


def attention_shapes(d):
    """Return the shape of each parameter of the attention layer."""
    return {f"{name}.{key}": s for name in MAPS for key, s in (("W", (d, d)), ("b", (d,)))}


def block_shapes(d, f):
    """Return the shape of each parameter of the block."""
    return {
        "norm1.gamma": (d,), "norm1.beta": (d,),
        **{f"attention.{name}": shape for name, shape in attention_shapes(d).items()},
        "norm2.gamma": (d,), "norm2.beta": (d,),
        "expand.W": (d, f), "expand.b": (f,), "contract.W": (f, d), "contract.b": (d,),
    }  # fmt: skip


def draw_params(rng, shapes):
    """Draw parameters of ordinary size; no bias is zero."""
    return {
        name: rng.uniform(0.5, 1.5, shape)
        if name.endswith("gamma")
        else rng.normal(0, 1 / math.sqrt(shape[0]), shape)
        for name, shape in shapes.items()
    }


def attend(x, p, heads, causal=False, prefix=""):
    """Compute the attention layer, head by head; x or one of p may have more leading axes."""
    Q, K, V = (x @ p[f"{prefix}{name}.W"] + p[f"{prefix}{name}.b"] for name in MAPS[:3])
    time, d = x.shape[-2:]
    dk = d // heads
    hidden = np.triu_indices(time, 1)
    collected = []
    for start in range(0, d, dk):
        own = slice(start, start + dk)
        scores = Q[..., own] @ K[..., own].swapaxes(-1, -2) / math.sqrt(dk)
        if causal:
            scores[..., *hidden] = -np.inf
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        collected.append(powers / powers.sum(axis=-1, keepdims=True) @ V[..., own])
    return np.concatenate(collected, axis=-1) @ p[f"{prefix}output.W"] + p[f"{prefix}output.b"]


def normalize(x, p, name):
    """Compute a layer normalization."""
    mean, var = x.mean(axis=-1, keepdims=True), x.var(axis=-1, keepdims=True)
    return (x - mean) / np.sqrt(var + 1e-5) * p[f"{name}.gamma"] + p[f"{name}.beta"]


def before_relu(x, p, heads, causal=False):
    """Compute the tokens after the first correction, and what goes into the ReLU."""
    h = x + attend(normalize(x, p, "norm1"), p, heads, causal, "attention.")
    return h, normalize(h, p, "norm2") @ p["expand.W"] + p["expand.b"]


def run_block(x, p, heads, causal=False):
    """Compute the block."""
    h, wide = before_relu(x, p, heads, causal)
    return h + np.maximum(wide, 0.0) @ p["contract.W"] + p["contract.b"]


def new_attention(solution, rng, d, heads, causal=False):
    """Make an attention layer, and return it with its random parameters."""
    option = {"causal": True} if causal else {}
    p = draw_params(rng, attention_shapes(d))
    return solution.probe.attention_with(p, d, heads, **option), p


def new_block(solution, rng, d, heads, f, causal=False):
    """Make a block, and return it with its random parameters."""
    option = {"causal": True} if causal else {}
    p = draw_params(rng, block_shapes(d, f))
    p["expand.b"][:2] = -2.0, 2.0  # for most tokens one ReLU is closed and one open, in any draw
    return solution.probe.block_with(p, d, heads, f, **option), p


def tokens_away_from_kinks(rng, p, heads, shape, causal=False):
    """Draw tokens for which no ReLU of the block is near its kink."""
    while True:
        x = rng.normal(size=shape)
        if np.abs(before_relu(x, p, heads, causal)[1]).min() > 3e-3:
            return x


def measured_dx(f, x, dout, h=1e-5):
    """Return the measured gradient of ``sum(f(x) * dout)``; all moved x are one large batch."""
    moves = h * np.eye(x.size).reshape(-1, *x.shape)
    up, down = (f((x + sign * moves).reshape(-1, *x.shape[1:])) for sign in (1.0, -1.0))
    change = (up - down).reshape(-1, *x.shape) * dout
    return (change.sum(axis=(1, 2, 3)) / (2 * h)).reshape(x.shape)


def measured(f, p, dout, h=1e-5):
    """Return the measured gradients of ``sum(f(p) * dout)`` by each parameter.

    All moved arrays of a parameter are computed at once, along a new first axis.
    """
    found = {}
    for name, array in p.items():
        moves = h * np.eye(array.size).reshape(-1, *(1,) * (3 - array.ndim), *array.shape)
        up, down = (f(p | {name: array + sign * moves}) for sign in (1.0, -1.0))
        change = ((up - down) * dout).sum(axis=(1, 2, 3))
        found[name] = (change / (2 * h)).reshape(array.shape)
    return found


def arrays_in(named, shapes):
    """Return `named` if it is a dict with an array of the right shape for each name."""
    if type(named) is not dict or set(map(str, named)) != set(shapes):
        names = sorted(map(str, named)) if type(named) is dict else type(named).__name__
        raise CheckFailed(
            "a dict with other names was expected",
            rung="type", got=str(names), expected=str(sorted(shapes)),
        )  # fmt: skip
    for name, shape in shapes.items():
        array = named[name]
        if not isinstance(array, np.ndarray) or array.shape != shape or array.dtype.kind != "f":
            raise CheckFailed(f"{name}: floats of the shape {shape} were expected", rung="shape")
    return named


def assert_arrays(got, expected, close=MEASURED):
    """Compare each array of a dict with the expected one."""
    if type(got) is not dict or not set(expected) <= set(map(str, got)):
        raise CheckFailed(f"a dict with {', '.join(expected)} was expected", rung="type")
    for name, array in expected.items():
        try:
            assert_close(got[name], array, **close)
        except CheckFailed as failed:
            words = f"{name}: {failed}" if str(failed) else f"{name} is wrong"
            raise CheckFailed(
                words, rung=failed.rung, got=failed.got, expected=failed.expected
            ) from None


ATTENTION_SIZES = ((1, 2, 4, 2), (2, 3, 6, 3), (3, 4, 6, 2), (2, 2, 8, 4), (2, 5, 4, 4))
"""B, T, d and heads."""
BLOCK_SIZES = ((1, 2, 4, 2, 5), (2, 3, 4, 2, 3), (2, 4, 6, 3, 7))
"""B, T, d, heads and F."""


def test_the_example(solution):
    """In the example of the lesson, two heads collect 0.79 and 0.52 for the first token."""
    size = math.sqrt(math.log(3))
    for heads, factor in ((2, 1.0), (1, 1.0), (2, 2.0)):
        x = factor * np.array([[[size, 0.0], [0.0, size]]])
        p = {n: np.eye(2) if n.endswith("W") else np.zeros(2) for n in attention_shapes(2)}
        layer = solution.probe.attention_with(p, 2, heads)
        assert_close(layer.forward(x), attend(x, p, heads), **CLOSE)


@points(2)
def test_names_of_the_parameters(solution, rng):
    """params and grads have the names and shapes of the lesson, and gradients start at zero."""
    for d, heads, f in ((4, 2, 5), (int(rng.integers(1, 5)) * 3, 3, int(rng.integers(2, 9)))):
        layer = solution.MultiHeadAttention(d, heads, solution.rng(1))
        block = solution.TransformerBlock(d, heads, f, solution.rng(1))
        for each, shapes in ((layer, attention_shapes(d)), (block, block_shapes(d, f))):
            arrays_in(each.params, shapes)
            for array in arrays_in(each.grads, shapes).values():
                assert_close(array, np.zeros(array.shape))


@points(2)
def test_one_head(solution, rng):
    """A single head is attention with queries, keys and values that are mapped from x."""
    for b, t, d in ((1, 3, 2), (2, 4, 5), (3, 2, 3)):
        layer, p = new_attention(solution, rng, d, 1)
        x = rng.normal(size=(b, t, d))
        assert_close(layer.forward(x), attend(x, p, 1), **CLOSE)
        assert_close(layer.forward(x, training=True), attend(x, p, 1), **CLOSE)


@points(6)
def test_several_heads(solution, rng):
    """Head h computes attention with its own d/H features of each token, for all tokens."""
    for b, t, d, heads in ATTENTION_SIZES:
        layer, p = new_attention(solution, rng, d, heads)
        x = rng.normal(size=(b, t, d))
        assert_close(layer.forward(x), attend(x, p, heads), **CLOSE)


@points(4)
def test_causal_attention(solution, rng):
    """With causal=True, other tokens later on do not change what a token collects."""
    for b, t, d, heads in ((1, 3, 2, 1), (2, 4, 6, 2)):
        layer, p = new_attention(solution, rng, d, heads, causal=True)
        x = rng.normal(size=(b, t, d))
        expected = attend(x, p, heads, causal=True)
        assert_close(layer.forward(x, training=True), expected, **CLOSE)
        for known in (t - 1, 1):
            changed = x.copy()
            changed[:, known:] = rng.normal(size=(b, t - known, d))
            got = layer.forward(changed)
            assert_close(got, attend(changed, p, heads, causal=True), **CLOSE)
            assert_close(np.asarray(got)[:, :known], expected[:, :known], **CLOSE)


@points(5)
def test_input_gradient_of_attention(solution, rng):
    """backward returns the measured gradient of x: through queries, keys and values."""
    for place, (b, t, d, heads) in enumerate(((1, 2, 3, 1), *ATTENTION_SIZES[1:4])):
        causal = place % 2 == 1
        layer, p = new_attention(solution, rng, d, heads, causal)
        x, dout = rng.normal(size=(2, b, t, d))
        layer.forward(x, training=True)
        expected = measured_dx(lambda v, p=p, h=heads, c=causal: attend(v, p, h, c), x, dout)
        assert_close(layer.backward(dout), expected, **MEASURED)


@points(4)
def test_parameter_gradients_of_attention(solution, rng):
    """backward adds the measured gradients of all eight arrays to grads."""
    for b, t, d, heads, causal in ((1, 2, 3, 1, False), (2, 3, 4, 2, True)):
        layer, p = new_attention(solution, rng, d, heads, causal)
        x, dout = rng.normal(size=(2, b, t, d))
        layer.forward(x, training=True)
        layer.backward(dout)
        expected = measured(lambda q, x=x, h=heads, c=causal: attend(x, q, h, c), p, dout)
        assert_arrays(solution.probe.gradients(layer), expected)


@points(5)
def test_block(solution, rng):
    """The block adds attention of the normalized tokens, then two dense layers with a ReLU."""
    for b, t, d, heads, f in BLOCK_SIZES:
        block, p = new_block(solution, rng, d, heads, f)
        x = rng.normal(size=(b, t, d)) * 3 + rng.normal(size=d)
        assert_close(block.forward(x), run_block(x, p, heads), **CLOSE)


@points(3)
def test_causal_block(solution, rng):
    """With causal=True, the block hides later tokens, and its gradient is the measured one."""
    for b, t, d, heads, f in BLOCK_SIZES[:2]:
        block, p = new_block(solution, rng, d, heads, f, causal=True)
        x = tokens_away_from_kinks(rng, p, heads, (b, t, d), causal=True)
        dout = rng.normal(size=x.shape)
        expected = run_block(x, p, heads, causal=True)
        assert_close(block.forward(x, training=True), expected, **CLOSE)
        expected = measured_dx(lambda v, p=p, h=heads: run_block(v, p, h, True), x, dout)
        assert_close(block.backward(dout), expected, **MEASURED)


@points(6)
def test_input_gradient_of_the_block(solution, rng):
    """backward of the block returns the measured gradient, past both corrections and through."""
    for b, t, d, heads, f in BLOCK_SIZES:
        block, p = new_block(solution, rng, d, heads, f)
        x = tokens_away_from_kinks(rng, p, heads, (b, t, d))
        dout = rng.normal(size=x.shape)
        block.forward(x, training=True)
        expected = measured_dx(lambda v, p=p, h=heads: run_block(v, p, h), x, dout)
        assert_close(block.backward(dout), expected, **MEASURED)


@points(5)
def test_parameter_gradients_of_the_block(solution, rng):
    """backward of the block adds the measured gradients of all 16 arrays to grads."""
    b, t, d, heads, f = BLOCK_SIZES[1]
    block, p = new_block(solution, rng, d, heads, f)
    x = tokens_away_from_kinks(rng, p, heads, (b, t, d))
    dout = rng.normal(size=x.shape)
    block.forward(x, training=True)
    block.backward(dout)
    assert_arrays(
        solution.probe.gradients(block), measured(lambda q: run_block(x, q, heads), p, dout)
    )


def layers_of(solution, rng):
    """Yield an attention layer and a block, with a function for each that computes its output."""
    layer, p = new_attention(solution, rng, 4, 2)
    yield layer, lambda x: attend(x, p, 2)
    block, q = new_block(solution, rng, 4, 2, 3)
    yield block, lambda x: run_block(x, q, 2)


@points(2)
def test_gradients_add_up(solution, rng):
    """Each backward adds to grads: the second time they are twice as large."""
    for layer, compute in layers_of(solution, rng):
        forward, backward = layer.forward, layer.backward
        x, dout = rng.normal(size=(2, 2, 3, 4))
        assert_close(forward(x, training=True), compute(x), **CLOSE)
        d_x = backward(dout)
        once = solution.probe.gradients(layer)
        if type(once) is not dict or not once:
            raise CheckFailed("a dict of gradients was expected", rung="type")
        assert_close(backward(dout), np.asarray(d_x, dtype=float), **CLOSE)
        expected = {name: 2 * np.asarray(g, float) for name, g in once.items()}
        assert_arrays(solution.probe.gradients(layer), expected, CLOSE)


@points(3)
def test_looking_does_not_disturb(solution, rng):
    """A forward without training, on other tokens, changes nothing for backward."""
    for layer, compute in layers_of(solution, rng):
        forward, backward = layer.forward, layer.backward
        x, dout = rng.normal(size=(2, 2, 3, 4))
        assert_close(forward(x, training=True), compute(x), **CLOSE)
        d_x = backward(dout)
        for shape in ((2, 3, 4), (1, 2, 4)):
            other = rng.normal(size=shape)
            assert_close(forward(other), compute(other), **CLOSE)
            assert_close(backward(dout), np.asarray(d_x, dtype=float), **CLOSE)


def test_few_tokens_and_none(solution, rng):
    """Sequences of one token work, and so does a batch without sequences, also in backward."""
    for layer, compute in layers_of(solution, rng):
        forward, backward = layer.forward, layer.backward
        for shape in ((1, 1, 4), (9, 1, 4), (0, 2, 4)):
            x = rng.normal(size=shape)
            assert_close(forward(x, training=True), compute(x), **CLOSE)
            assert_equal(np.shape(backward(np.ones(shape))), shape)


def test_integers(solution, rng):
    """Integers in x are converted to float64."""
    for layer, compute in layers_of(solution, rng):
        x = rng.integers(-3, 4, (2, 3, 4)) + np.arange(4)
        assert_close(layer.forward(x), compute(x.astype(float)), **CLOSE)


@points(2)
def test_refuses_a_number_of_heads_that_does_not_divide(solution, rng):
    """A number of heads below 1, or one that does not divide d_model, raises a ValueError."""
    layer, p = new_attention(solution, rng, 6, 3)
    x = rng.normal(size=(2, 2, 6))
    assert_close(layer.forward(x), attend(x, p, 3), **CLOSE)
    start = solution.rng(2)
    for d, heads in ((6, 4), (3, 6), (4, 0), (4, -2)):
        with raises(ValueError):
            solution.MultiHeadAttention(d, heads, start)
        with raises(ValueError):
            solution.TransformerBlock(d, heads, 5, start)


def test_refuses_tokens_of_another_shape(solution, rng):
    """x must have three axes, and the last one d features; other shapes raise a ValueError."""
    layers, x = list(layers_of(solution, rng)), rng.normal(size=(2, 4, 4))
    for layer, compute in layers:
        assert_close(layer.forward(x), compute(x), **CLOSE)
    for layer, _ in layers:
        forward = layer.forward
        for wrong in (x[0], x[0, 0], x[np.newaxis], x[:, :, :2], x[:, :, :1]):
            with raises(ValueError):
                forward(wrong)


def test_refuses_backward_without_forward(solution, rng):
    """backward before any forward with training=True raises a RuntimeError."""
    layers, x = list(layers_of(solution, rng)), rng.normal(size=(2, 3, 4))
    for layer, compute in layers:
        assert_close(layer.forward(x), compute(x), **CLOSE)
    for layer, _ in layers:
        with raises(RuntimeError):
            layer.backward(x)
    for layer, _ in layers_of(solution, rng):
        with raises(RuntimeError):
            layer.backward(x)


@points(2)
def test_refuses_another_upstream_shape(solution, rng):
    """A dout of another shape raises a ValueError, and grads stay as they are."""
    layers, (x, dout) = list(layers_of(solution, rng)), rng.normal(size=(2, 2, 3, 4))
    for layer, compute in layers:
        assert_close(layer.forward(x, training=True), compute(x), **CLOSE)
    for layer, _ in layers:
        backward = layer.backward
        others = dout.reshape(3, 2, 4), dout.reshape(1, 6, 4)
        for wrong in (dout[:1], dout[:, :1], dout[:, :, :1], *others):
            with raises(ValueError):
                backward(wrong)
        grads = layer.grads
        if type(grads) is not dict or not grads:
            raise CheckFailed("a dict of gradients was expected", rung="type")
        for array in grads.values():
            assert_close(array, np.zeros(np.shape(array)))


@points(2)
def test_first_parameters(solution, rng):
    """Weights are drawn as the lesson says, biases and beta are 0, and gamma is 1."""
    expected = {
        name: "as xavier" if "attention" in name else "as he"
        for name, shape in block_shapes(2, 2).items()
        if len(shape) == 2
    }
    ones = {"norm1.gamma", "norm2.gamma"}
    for name, shape in block_shapes(2, 2).items():
        if len(shape) == 1:
            expected[name] = "all 1" if name in ones else "all 0"
    for f in (64, 80):
        seed = int(rng.integers(2**31))
        got = solution.probe.start_of_block(56, 4, f, seed)
        assert_equal(got, expected)
    wide = solution.MultiHeadAttention(260, 2, solution.rng(1))
    assert_close(wide.forward(np.zeros((1, 1, 260))), np.zeros((1, 1, 260)))
    x = rng.normal(size=(2, 3, 4))
    layer, p = new_attention(solution, rng, 4, 2)
    assert_close(layer.forward(x), attend(x, p, 2), **CLOSE)


def test_draws_from_rng(solution, rng):
    """All weights come from the rng that is passed, and no two matrices are equal."""
    expected = {
        "arrays": 6,
        "equal to an earlier one": [],
        "another seed, other weights": True,
        "one seed, the same weights": 6,
        "two blocks, other weights": True,
        "global generators": "free",
    }
    for _ in range(2):
        assert_equal(solution.probe.generator_use(int(rng.integers(2**31))), expected)


@points(2)
def test_zero_grad_keeps_the_arrays(solution, rng):
    """zero_grad writes zeros into the arrays that grads already has."""
    for layer, compute in layers_of(solution, rng):
        forward, backward = layer.forward, layer.backward
        x, dout = rng.normal(size=(2, 2, 3, 4))
        assert_close(forward(x, training=True), compute(x), **CLOSE)
        backward(dout)
        once = solution.probe.gradients(layer)
        got = solution.probe.zeros_in_the_same_arrays(layer)
        if not (type(got) is type(once) is dict and got and once):
            raise CheckFailed("a dict of gradients was expected", rung="type")
        assert_equal(got, dict.fromkeys(got, True))
        backward(dout)
        expected = {name: np.asarray(g, float) for name, g in once.items()}
        assert_arrays(solution.probe.gradients(layer), expected, CLOSE)


def test_changes_nothing_else(solution, rng):
    """x, dout, and the results of earlier calls are not changed."""
    for layer, compute in layers_of(solution, rng):
        forward, backward = layer.forward, layer.backward
        x, dout = rng.normal(size=(2, 2, 3, 4))
        copies = x.copy(), dout.copy()
        first = forward(x, training=True)
        expected = compute(copies[0])
        assert_close(first, expected, **CLOSE)
        d_x = backward(dout)
        before = np.array(d_x)
        forward(2 * x, training=True)
        backward(dout)
        assert_unchanged(x, copies[0], "x")
        assert_unchanged(dout, copies[1], "dout")
        assert_unchanged(first, first.copy(), "the output")
        assert_unchanged(d_x, before, "the gradient")


def trained_weights(solution, rng, sizes, tokens, labels, positions, pool, classes, batches, rate):
    """Train in the worker, and return the weights once they have the right shapes."""
    d, _, f = sizes
    shapes = {"embed": (tokens.shape[2], d), "W": (d, classes)}
    first = {n: rng.normal(0, 1 / math.sqrt(s[0]), s) for n, s in shapes.items()}
    seed = int(rng.integers(2**31))
    got = solution.probe.trained(
        list(sizes), seed, tokens, labels, positions, pool, first, batches, rate
    )
    weights = arrays_in(got, shapes | {"b": (classes,)} | block_shapes(d, f))
    for name, array in weights.items():
        if not np.isfinite(array).all():
            raise CheckFailed(f"{name} is not finite after training", rung="finite")
    return weights


def share_of(weights, heads, tokens, labels, positions, pool):
    """Return the share of sequences that the weights which came back classify correctly."""
    y = run_block(tokens @ weights["embed"] + positions, weights, heads)
    logits = np.einsum("t,ntd->nd", pool, y) @ weights["W"] + weights["b"]
    return float(np.mean(logits.argmax(axis=1) == labels))


def telephone_books(rng, n, columns):
    """Draw sequences of four entries (who, which number) and a fifth token that asks for one.

    The names and the numbers of a token are one-hot, in the order of `columns`.
    """
    tokens, labels = np.zeros((n, 5, 10)), np.zeros(n, dtype=int)
    for row in range(n):
        who, number = rng.permutation(6)[:4], rng.integers(0, 4, 4)
        tokens[row, range(4), who] = tokens[row, range(4), 6 + number] = 1.0
        asked = int(rng.integers(4))
        tokens[row, 4, who[asked]] = 1.0
        labels[row] = number[asked]
    return tokens[:, :, columns], labels


@slow
@points(6)
def test_learns_to_look_up(solution, rng):
    """After 120 steps, a block finds the entry that is asked for in at least 95 % of new lists."""
    # The reference found all of 200 in each of 20 trainings. Without attention it is 25 %.
    columns = rng.permutation(10)
    tokens, labels = telephone_books(rng, 512, columns)
    batches = [rng.integers(0, 512, 32) for _ in range(120)]
    pool, nowhere = np.eye(5)[4], np.zeros((5, 16))
    task = tokens, labels, nowhere, pool, 4, batches
    weights = trained_weights(solution, rng, (16, 2, 16), *task, rate=0.01)
    new, right = telephone_books(rng, 200, columns)
    share = share_of(weights, 2, new, right, nowhere, pool)
    if share < 0.95:
        raise CheckFailed("too few are found", got=f"{share:.1%}", expected="at least 95 %")


@slow
@points(4)
def test_learns_to_read_digits(solution, rng):
    """After four epochs, a block reads at least 70 % of the test images, eight rows as tokens."""
    # The lowest of eight trainings of the reference was 84 %.
    split = frozen_split()
    names = rng.permutation(10)
    rows = [order for _ in range(4) for order in np.array_split(rng.permutation(1438), 14)]
    pool = np.full(8, 1 / 8)
    angles = np.arange(8)[:, np.newaxis] * 10000 ** (-np.arange(0, 16, 2) / 16)
    positions = np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(8, 16)
    images = split.X_train.reshape(-1, 8, 8)
    labels = names[split.y_train]
    task = images, labels, positions, pool, 10, rows
    weights = trained_weights(solution, rng, (16, 2, 32), *task, rate=0.02)
    images, right = split.X_test.reshape(-1, 8, 8), names[split.y_test]
    share = share_of(weights, 2, images, right, positions, pool)
    if share < 0.7:
        raise CheckFailed("too few are read", got=f"{share:.1%}", expected="at least 70 %")

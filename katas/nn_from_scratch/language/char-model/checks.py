"""Hidden checks of the kata char-model.

Where a model is trained, its parameters come back, and all losses are computed here.
"""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_arguments_unchanged,
    assert_close,
    assert_draws_from_generator,
    assert_equal,
    points,
    raises,
    shown,
    slow,
)

CLOSE = {"rtol": 1e-7, "atol": 1e-9}
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789+-=? \n"
SIZES = ((5, 4, 2, 1, 6), (7, 6, 3, 2, 5), (4, 4, 1, 2, 4))
"""V, d, heads, layers and context."""


def some_vocabulary(rng, v):
    """Draw v different characters."""
    return "".join(rng.permutation(list(LETTERS))[:v])


def shapes_of(v, d, layers):
    """Return the shape of each parameter."""
    shapes = {"embedding": (v, d)}
    for n in range(layers):
        b = f"block{n}."
        shapes |= {b + "norm1.gamma": (d,), b + "norm1.beta": (d,)}
        for name in ("query", "key", "value", "output"):
            shapes |= {f"{b}attention.{name}.W": (d, d), f"{b}attention.{name}.b": (d,)}
        shapes |= {b + "norm2.gamma": (d,), b + "norm2.beta": (d,)}
        shapes |= {b + "expand.W": (d, 4 * d), b + "expand.b": (4 * d,)}
        shapes |= {b + "contract.W": (4 * d, d), b + "contract.b": (d,)}
    shapes |= {"norm.gamma": (d,), "norm.beta": (d,), "head.W": (d, v), "head.b": (v,)}
    return shapes


def draw_params(rng, shapes):
    """Draw parameters of ordinary size; no bias is zero."""
    return {
        name: rng.uniform(0.5, 1.5, shape)
        if name.endswith("gamma")
        else rng.normal(0, 1.0 if name == "embedding" else 1 / math.sqrt(shape[0]), shape)
        for name, shape in shapes.items()
    }


def normalize(x, p, name):
    """Compute a layer normalization."""
    mean, var = x.mean(axis=-1, keepdims=True), x.var(axis=-1, keepdims=True)
    return (x - mean) / np.sqrt(var + 1e-5) * p[f"{name}.gamma"] + p[f"{name}.beta"]


def attend(x, p, heads, name):
    """Compute causal attention, head by head."""
    Q, K, V = (x @ p[f"{name}.{m}.W"] + p[f"{name}.{m}.b"] for m in ("query", "key", "value"))
    dk = x.shape[2] // heads
    collected = np.zeros(x.shape)
    for start in range(0, x.shape[2], dk):
        own = slice(start, start + dk)
        scores = Q[:, :, own] @ K[:, :, own].transpose(0, 2, 1) / math.sqrt(dk)
        scores[:, ~np.tri(x.shape[1], dtype=bool)] = -np.inf
        powers = np.exp(scores - scores.max(axis=2, keepdims=True))
        collected[:, :, own] = powers / powers.sum(axis=2, keepdims=True) @ V[:, :, own]
    return collected @ p[f"{name}.output.W"] + p[f"{name}.output.b"]


def exact_logits(p, heads, ids, near=None):
    """Compute the logits, (B, T, V). What goes into the ReLUs is added to `near`."""
    ids = np.asarray(ids)
    d = p["embedding"].shape[1]
    angles = np.arange(ids.shape[1])[:, np.newaxis] * 10000 ** (-np.arange(0, d, 2) / d)
    x = p["embedding"][ids] + np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(-1, d)
    layers = sum(name.endswith("expand.W") for name in p)
    for b in (f"block{n}" for n in range(layers)):
        x = x + attend(normalize(x, p, f"{b}.norm1"), p, heads, f"{b}.attention")
        wide = normalize(x, p, f"{b}.norm2") @ p[f"{b}.expand.W"] + p[f"{b}.expand.b"]
        if near is not None:
            near.append(np.abs(wide).min())
        x = x + np.maximum(wide, 0.0) @ p[f"{b}.contract.W"] + p[f"{b}.contract.b"]
    return normalize(x, p, "norm") @ p["head.W"] + p["head.b"]


def exact_loss(p, heads, ids):
    """Compute the mean cross-entropy of all ids but the first of each row."""
    ids = np.asarray(ids)
    z = exact_logits(p, heads, ids[:, :-1])
    z = z - z.max(axis=2, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=2, keepdims=True))
    return -float(np.take_along_axis(log_p, ids[:, 1:, np.newaxis], axis=2).mean())


def new_model(solution, rng, v, d, heads, layers, context):
    """Make a model with random parameters; return it, its vocabulary and the parameters."""
    vocab = some_vocabulary(rng, v)
    p = draw_params(rng, shapes_of(v, d, layers))
    return solution.probe.model_with(p, vocab, d, heads, layers, context), vocab, p


def arrays_in(named, shapes):
    """Return `named` if it is a dict with a finite array of the right shape for each name."""
    if type(named) is not dict or set(map(str, named)) != set(shapes):
        names = sorted(map(str, named)) if type(named) is dict else type(named).__name__
        raise CheckFailed(
            "a dict with other names was expected",
            rung="type", got=shown(str(names)), expected=shown(str(sorted(shapes))),
        )  # fmt: skip
    for name, shape in shapes.items():
        array = named[name]
        if not isinstance(array, np.ndarray) or array.shape != shape or array.dtype.kind != "f":
            raise CheckFailed(f"{name}: floats of the shape {shape} were expected", rung="shape")
        if not np.isfinite(array).all():
            raise CheckFailed(f"{name} is not finite", rung="finite")
    return named


def entry(named, name):
    """Return one entry of what a probe returned."""
    if type(named) is not dict or name not in named:
        raise CheckFailed(f"{name} was expected", rung="type", got=shown(str(named)))
    return named[name]


def test_the_example(solution, rng):
    """In the example of the lesson, a model that knows nothing has the loss ln 3 = 1.0986."""
    model = solution.CharModel("ab\n", 4, 2, 1, 4, solution.rng(1))
    solution.probe.write_params(model, {"head.W": np.zeros((4, 3)), "head.b": np.zeros(3)})
    assert_close(model.loss(np.array([[0, 1, 0, 2]])), math.log(3))
    solution.probe.write_params(model, {"head.b": np.log([0.5, 0.25, 0.25])})
    assert_close(model.loss(np.array([[0, 1, 0, 2]])), math.log(4 * 2 * 4) / 3)
    b = rng.normal(size=3)
    solution.probe.write_params(model, {"head.b": b})
    expected = float(np.log(np.exp(b).sum()) - b[[1, 0, 2]].mean())
    assert_close(model.loss(np.array([[0, 1, 0, 2]])), expected)


def test_encode(solution, rng):
    """encode gives each character its place in the vocabulary."""
    ideographs = "".join(chr(0x4E00 + n) for n in rng.permutation(300))
    for vocab in (some_vocabulary(rng, 5), some_vocabulary(rng, 9), ideographs):
        model = solution.CharModel(vocab, 4, 2, 1, 4, solution.rng(1))
        ids = rng.integers(0, len(vocab), 12)
        got = model.encode("".join(vocab[i] for i in ids))
        if not isinstance(got, np.ndarray) or got.dtype.kind not in "iu":
            raise CheckFailed("an array of integers was expected", rung="type", got=shown(got))
        assert_equal(got.astype(np.int64), ids)


@points(2)
def test_names_of_the_parameters(solution, rng):
    """params has the names and shapes of the lesson, with four times d columns in expand.W."""
    for _, d, heads, layers, context in SIZES:
        v = int(rng.integers(3, 40))
        vocab = some_vocabulary(rng, v)
        model = solution.CharModel(vocab, d, heads, layers, context, solution.rng(1))
        arrays_in(model.params, shapes_of(v, d, layers))


@points(5)
def test_logits(solution, rng):
    """logits are those of embedding plus positions, the blocks, the normalization and the head."""
    for v, d, heads, layers, context in SIZES:
        model, _, p = new_model(solution, rng, v, d, heads, layers, context)
        for b, t in ((1, context), (2, 1), (3, 2))[: layers + 1]:
            ids = rng.integers(0, v, (b, t))
            assert_close(model.logits(ids), exact_logits(p, heads, ids), **CLOSE)


@points(4)
def test_later_characters_change_nothing(solution, rng):
    """The logits of a position stay the same when later characters are replaced."""
    v, d, heads, layers, context = SIZES[1]
    for known in (1, 3):
        model, _, p = new_model(solution, rng, v, d, heads, layers, context)
        ids = rng.integers(0, v, (2, context))
        other = ids.copy()
        other[:, known:] = (other[:, known:] + 1 + rng.integers(0, v - 1)) % v
        for given in (ids, other):
            assert_close(model.logits(given), exact_logits(p, heads, given), **CLOSE)
        changed = np.asarray(model.logits(other))[:, :known]
        assert_close(changed, exact_logits(p, heads, ids)[:, :known], **CLOSE)


@points(6)
def test_loss(solution, rng):
    """The logits of each position are compared with the next character, and the mean is taken."""
    for v, d, heads, layers, context in SIZES:
        model, _, p = new_model(solution, rng, v, d, heads, layers, context)
        for b, t in ((3, context), (2, context + 1), (1, 2))[: layers + 1]:
            ids = rng.integers(0, v, (b, t))
            assert_close(model.loss(ids), exact_loss(p, heads, ids), **CLOSE)


@points(7)
def test_gradients(solution, rng):
    """Each gradient is the measured one: in a random direction, the loss changes as it says."""
    for v, d, heads, layers, context in SIZES[:2]:
        near = [0.0]
        while min(near) < 1e-3:
            near = []
            p = draw_params(rng, shapes_of(v, d, layers))
            batch = 1 if layers == 1 else 2
            ids = rng.integers(0, v, (batch, context + 1))
            exact_logits(p, heads, ids[:, :-1], near)
        vocab = some_vocabulary(rng, v)
        model = solution.probe.model_with(p, vocab, d, heads, layers, context)
        got = arrays_in(solution.probe.gradients(model, ids), shapes_of(v, d, layers))
        # The parameters of the small model are moved one after the other, and those of the other
        # model in two groups.
        names = list(p)
        groups = [[name] for name in names] if layers == 1 else [names[::2], names[1::2]]
        for group in groups:
            size = sum(p[name].size for name in group)
            along = {name: rng.normal(size=p[name].shape) / math.sqrt(size) for name in group}
            losses = [
                exact_loss(p | {n: p[n] + step * a for n, a in along.items()}, heads, ids)
                for step in (1e-5, -1e-5)
            ]
            measured = (losses[0] - losses[1]) / 2e-5
            found = float(sum((got[name] * a).sum() for name, a in along.items()))
            if abs(found - measured) > 1e-6 * max(abs(measured), 1e-2):
                raise CheckFailed(
                    f"{group[0] if layers == 1 else 'two blocks'}: the change of the loss in a "
                    "random direction is wrong",
                    got=f"{found:.6g}", expected=f"{measured:.6g}",
                )  # fmt: skip


@points(2)
def test_gradients_do_not_add_up(solution, rng):
    """gradients gives the same for the same ids, whatever was computed before, in new arrays."""
    v, d, heads, layers, context = SIZES[0]
    model, _, p = new_model(solution, rng, v, d, heads, layers, context)
    ids, other = rng.integers(0, v, (2, 2, context))
    assert_close(model.loss(ids), exact_loss(p, heads, ids), **CLOSE)
    first = arrays_in(solution.probe.gradients(model, ids), shapes_of(v, d, layers))
    solution.probe.gradients(model, other)
    model.logits(other)
    second = arrays_in(solution.probe.gradients(model, ids), shapes_of(v, d, layers))
    for name in ("head.b", "embedding", "block0.expand.W"):
        assert_close(second[name], np.array(first[name]), **CLOSE)
    assert_equal(solution.probe.changed_by_the_next_call(model, ids, other), [])
    assert_arguments_unchanged(ids=ids)


@points(2)
def test_first_loss(solution, rng):
    """A new model finds all characters about as likely: its loss is within 5 % of ln V."""
    for d, heads, layers, context in ((16, 4, 2, 8), (24, 2, 1, 10)):
        v = int(rng.integers(10, 40))
        vocab = some_vocabulary(rng, v)
        seed = int(rng.integers(2**31))
        model = solution.CharModel(vocab, d, heads, layers, context, solution.rng(seed))
        p = arrays_in(model.params, shapes_of(v, d, layers))
        ids = rng.integers(0, v, (20, context + 1))
        share = exact_loss(p, heads, ids) / math.log(v)
        if not 0.95 < share < 1.05:
            raise CheckFailed("the loss of a new model", got=f"{share:.2f} ln V", expected="ln V")
        if np.ptp(p["embedding"]) < 1e-3 or any(
            np.ptp(p[f"block{n}.expand.W"]) < 1e-3 for n in range(layers)
        ):
            raise CheckFailed("the first weights are all equal")


@points(2)
def test_first_weights_come_from_rng(solution, rng):
    """The first weights are drawn from rng: the same seed gives the same, another one others."""
    for v, d, heads, layers, context in SIZES[:2]:
        vocab, shapes = some_vocabulary(rng, v), shapes_of(v, d, layers)
        for name in ("embedding", "block0.expand.W"):  # the head may start with zeros

            def draw(generator, name=name, shapes=shapes, sizes=(vocab, d, heads, layers, context)):
                return arrays_in(solution.CharModel(*sizes, generator).params, shapes)[name]

            assert_draws_from_generator(solution, draw, int(rng.integers(2**31)))


def greedy(p, heads, vocab, seen, prompt, n):
    """Write the most likely characters; the model sees the part `seen` of the text."""
    ids = [vocab.index(character) for character in prompt]
    for _ in range(n):
        ids.append(int(exact_logits(p, heads, [ids[seen]])[0, -1].argmax()))
    return "".join(vocab[i] for i in ids[len(prompt) :])


@points(5)
def test_sample_without_chance(solution, rng):
    """With temperature 0, sample writes the most likely character again and again."""
    for v, d, heads, _, context in SIZES[:2]:
        vocab = some_vocabulary(rng, v)
        parts = slice(-context, None), slice(context), slice(-1, None), slice(-context - 1, None)
        last, others = "", [""]
        while last in others:  # another part of the text must give another answer
            p = draw_params(rng, shapes_of(v, d, 1))
            p = p | {"head.W": 4 * p["head.W"]}
            long = "".join(rng.choice(list(vocab), context + 4))
            last, *others = (greedy(p, heads, vocab, seen, long, 4) for seen in parts)
        model = solution.probe.model_with(p, vocab, d, heads, 1, context)
        for length, n in ((1, 3), (context - 1, 4), (context + 4, 4)):
            prompt = long[:length]
            expected = greedy(p, heads, vocab, parts[0], prompt, n)
            got = model.sample(prompt, n, solution.rng(1), temperature=0)
            assert_equal(got, expected)
        assert_equal(model.sample(vocab[0], 0, solution.rng(1)), "")


@points(4)
def test_temperature(solution, rng):
    """The logits are divided by the temperature: a low one sharpens, a high one evens out."""
    # The likeliest of five characters has 0.8. At temperature 1/4 its share is 1.00, at 16 it is
    # 0.23. Of 40 characters, the nearest of the three shares is another one in less than 1 of
    # 10 000 runs: 21 or more instead of 9 have the probability 0.000046.
    vocab = "".join(sorted(some_vocabulary(rng, 5)))  # so the last one is no space
    model = solution.CharModel(vocab, 2, 1, 1, 2, solution.rng(4))
    chances = rng.permutation([0.8, 0.05, 0.05, 0.05, 0.05])
    solution.probe.write_params(
        model, {"head.W": np.zeros((2, 5)), "head.b": np.log(chances) + rng.normal()}
    )
    likely = vocab[int(np.argmax(chances))]
    shares = [float((chances**k / (chances**k).sum()).max()) for k in (4.0, 1.0, 1 / 16)]
    low_first = bool(rng.integers(2))
    temperatures = [0.25, 16.0] if low_first else [16.0, 0.25]
    got = solution.probe.nearest_shares(
        model, vocab[-1], likely, shares, temperatures, 40, int(rng.integers(2**31))
    )
    assert_equal(got, [0, 2] if low_first else [2, 0])
    # Divided by 1/10 000 the logits are 27 726 apart, and no other character has a chance.
    frozen = model.sample(vocab[-1], 4, solution.rng(2), temperature=1e-4)
    assert_equal(frozen, 4 * likely)


@points(2)
def test_sample_draws_from_rng(solution, rng):
    """The same seed writes the same text, and another seed another one; n characters each."""
    for v, d, heads, layers, context in SIZES[:1]:
        model, vocab, _ = new_model(solution, rng, v, d, heads, layers, context)
        chances = rng.permutation([0.5, 0.3, 0.1, 0.06, 0.04])
        solution.probe.write_params(
            model, {"head.W": np.zeros((d, v)), "head.b": np.log(chances)}
        )  # two texts of 11 characters are equal in 1 of 80 000 runs
        n = int(rng.integers(11, 16))
        got = solution.probe.sampling_facts(model, vocab[1], n, int(rng.integers(2**31)))
        assert_equal(entry(got, "lengths"), [n] * 5)
        assert_equal(entry(got, "equal to the first"), [True, True, False, True, False])


@points(4)
def test_one_step_of_training(solution, rng):
    """A step of train is a step of Adam along the gradient, and returns the loss before it.

    If it is not given, the learning rate is 0.003.
    """
    for (v, d, heads, layers, context), rate in zip(SIZES[:2], (0.01, None), strict=True):
        model, vocab, p = new_model(solution, rng, v, d, heads, layers, context)
        ids = rng.integers(0, v, context + 1)  # only one place to start from
        text = "".join(vocab[i] for i in ids)
        g = arrays_in(solution.probe.gradients(model, ids[np.newaxis]), shapes_of(v, d, layers))
        g = {name: np.array(array) for name, array in g.items()}
        option = {} if rate is None else {"learning_rate": rate}
        history = model.train(text, 1, solution.rng(2), batch_size=3, **option)
        assert_equal(len(history) if isinstance(history, list) else type(history).__name__, 1)
        assert_close(float(history[0]), exact_loss(p, heads, ids[np.newaxis]), **CLOSE)
        after = arrays_in(model.params, shapes_of(v, d, layers))
        for name in ("head.b", "embedding", "block0.attention.value.W", "norm.gamma"):
            # Where the gradient is tiny, the place of eps in Adam decides.
            expected = p[name] - (rate or 0.003) * np.sign(g[name])
            expected = np.where(np.abs(g[name]) > 1e-2, expected, after[name])
            assert_close(after[name], expected, rtol=1e-5, atol=1e-6)


@points(2)
def test_every_place_can_be_drawn(solution, rng):
    """Rows of a batch begin anywhere in the text, at its first character and up to the last.

    If it is not given, the number of rows is 32.
    """
    v, d, heads, layers, context = SIZES[0]
    for _ in range(2):
        model, vocab, p = new_model(solution, rng, v, d, heads, layers, context)
        while True:
            ids = rng.integers(0, v, context + 2)
            windows = [ids[np.newaxis, :-1], ids[np.newaxis, 1:]]
            losses = [exact_loss(p, heads, window) for window in windows]
            if abs(losses[0] - losses[1]) > 1e-3:
                break
        text = "".join(vocab[i] for i in ids)
        got = solution.probe.places_of_rows(model, text, windows, int(rng.integers(2**31)))
        assert_close(entry(got, "losses"), np.array(losses), **CLOSE)
        assert_equal(entry(got, "drawn"), [True, True])
        assert_close(entry(got, "distance from an integer"), 0.0, atol=0.01)


@points(2)
def test_training_draws_from_rng(solution, rng):
    """The same seed gives the same losses and weights, and another seed others."""
    vocab = some_vocabulary(rng, 5)
    text = "".join(rng.choice(list(vocab), 60))
    steps, order = int(rng.integers(2, 6)), rng.permutation([0, 0, 1])
    seeds = [7, *(7 + int(more * rng.integers(100, 2**31)) for more in order)]
    got = solution.probe.training_facts([vocab, 4, 2, 1, 6], text, steps, seeds)
    same = [True, *(more == 0 for more in order.tolist())]
    assert_equal(entry(got, "losses"), [steps] * 4)
    assert_equal(entry(got, "losses as the first"), same)
    assert_equal(entry(got, "weights as the first"), same)


def test_refuses_unknown_characters(solution, rng):
    """A character outside the vocabulary raises a ValueError, and so does one that is there twice.

    It holds for encode, sample and train.
    """
    v, d, heads, layers, context = SIZES[0]
    model, vocab, _ = new_model(solution, rng, v, d, heads, layers, context)
    ids = rng.integers(0, v, 20)
    text = "".join(vocab[i] for i in ids)
    got = model.encode(text)
    assert_equal(np.asarray(got).tolist(), ids.tolist())
    for wrong in ("A" + text, text + "Z"):
        with raises(ValueError):
            model.encode(wrong)
        with raises(ValueError):
            model.train(wrong, 1, solution.rng(1))
        with raises(ValueError):
            model.sample(wrong, 1, solution.rng(1))
    with raises(ValueError):
        solution.CharModel(vocab + vocab[0], d, heads, layers, context, solution.rng(1))


@points(2)
def test_refuses_ids_that_do_not_fit(solution, rng):
    """Too few or too many ids in a row, another shape, and ids outside 0 to V - 1 are refused."""
    v, d, heads, layers, context = SIZES[0]
    model, _, p = new_model(solution, rng, v, d, heads, layers, context)
    ids = rng.integers(0, v, (2, context + 1))
    assert_close(model.loss(ids), exact_loss(p, heads, ids), **CLOSE)
    below, above = ids.copy(), ids.copy()
    below[1, 0], above[0, 2] = -1, v
    far = above + 1
    longer = np.concatenate([ids, ids[:, :1]], axis=1)
    loss, gradients, logits = model.loss, model.gradients, model.logits
    for wrong in (longer, below, above, ids[0], ids[:, :1], ids[np.newaxis]):
        with raises(ValueError):
            loss(wrong)
    for wrong in (longer, below, ids[:, :1]):
        with raises(ValueError):
            gradients(wrong)
    for wrong in (ids, below[:, :3], above[:, :3], far[:, :3], ids[0, :3], ids[:, :0]):
        with raises(ValueError):
            logits(wrong)


def test_refuses_what_cannot_be_written_on(solution, rng):
    """An empty prompt, a negative temperature, and a text for training that is too short fail."""
    v, d, heads, layers, context = SIZES[0]
    model, vocab, p = new_model(solution, rng, v, d, heads, layers, context)
    ids = rng.integers(0, v, (2, context))
    assert_close(model.loss(ids), exact_loss(p, heads, ids), **CLOSE)
    with raises(ValueError):
        model.sample("", 3, solution.rng(1))
    with raises(ValueError):
        model.sample(vocab[0], 3, solution.rng(1), temperature=-0.5)
    with raises(ValueError):
        model.train(vocab[0] * context, 1, solution.rng(1))


@slow
@points(5)
def test_learns_a_line_by_heart(solution, rng):
    """Trained on a single line of 13 characters, its loss falls below 0.1 in 60 steps."""
    vocab = some_vocabulary(rng, 9)
    ids = rng.integers(0, 9, 13)
    text = "".join(vocab[i] for i in ids)
    seeds = [int(s) for s in rng.integers(0, 2**31, 2)]
    got = solution.probe.trained([vocab, 16, 2, 1, 12], seeds[0], text, 60, seeds[1], 2, 0.02)
    p = arrays_in(entry(got, "params"), shapes_of(9, 16, 1))
    loss = exact_loss(p, 2, ids[np.newaxis])
    if not loss < 0.1:
        raise CheckFailed("the loss after training", got=f"{loss:.3f}", expected="below 0.1")


def some_sums(rng, n):
    """Draw sums such as 37+58=95, a line each."""
    return "".join(f"{a}+{b}={a + b}\n" for a, b in rng.integers(10, 100, (n, 2)).tolist())


def trigram_loss(text, new, v):
    """Return the mean loss of a table of the characters after each two, with one added to all."""
    counts = np.ones((v, v, v))
    np.add.at(counts, (text[:-2], text[1:-1], text[2:]), 1)
    chances = counts / counts.sum(axis=2, keepdims=True)
    return -float(np.log(chances[new[:-2], new[1:-1], new[2:]]).mean())


@slow
@points(8)
def test_learns_sums(solution, rng):
    """After 150 steps on sums, it predicts new sums better than a table of three characters."""
    # Of 60 trainings of the reference with 160 steps, the loss was 1.66 ± 0.03, and 0.31 ± 0.03
    # below the table's, never less than 0.23. (With 120 steps, one of 80 was only 0.10 below.)
    # Nothing below 1.0 is possible: the two numbers of a sum cannot be known before.
    vocab = "".join(rng.permutation(list("0123456789+=\n")))
    places = {character: place for place, character in enumerate(vocab)}
    text, new = some_sums(rng, 1000), some_sums(rng, 200)
    seeds = [int(s) for s in rng.integers(0, 2**31, 2)]
    got = solution.probe.trained([vocab, 16, 2, 1, 12], seeds[0], text, 150, seeds[1], 24, 0.015)
    p = arrays_in(entry(got, "params"), shapes_of(13, 16, 1))
    known, ids = (np.array([places[c] for c in t]) for t in (text, new))
    rows = np.array([ids[k : k + 13] for k in range(0, len(ids) - 13, 12)])
    loss, table = exact_loss(p, 2, rows), trigram_loss(known, ids, 13)
    if not loss < table - 0.05:
        raise CheckFailed(
            "the loss of new sums", got=f"{loss:.3f}", expected=f"below {table - 0.05:.3f}"
        )

"""Draw which token depends on which, and the gradients of the block beside the measured ones."""

import math

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture, describe_errors, draw_gradient_check

TOKENS, D, HEADS, F = 6, 8, 2, 12
CELL = 38
SHOWN = ("dx", "norm1.gamma", "attention.query.W", "attention.value.W", "expand.W")


def picture_influence(solution):
    """Draw how much each output changes when one token changes, with causal and without."""
    rng = np.random.default_rng(2)
    p = _draw_params(rng)
    x, moves = rng.normal(size=(1, TOKENS, D)), 0.3 * rng.normal(size=(TOKENS, D))
    frames, told, numbers = [], [], {}
    for causal in (False, True):
        layer = solution.TransformerBlock(D, HEADS, F, solution.rng(1), causal=causal)
        solution.probe.write_params(layer, p)
        yours = _influence(lambda v, layer=layer: layer.forward(v), x, moves)
        right = _influence(lambda v, c=causal: _block(v, p, c), x, moves)
        canvas = Canvas(640, 330)
        name = "causal" if causal else "not causal"
        canvas.text(60, 18, f"causal={causal}", "mono strong")
        for left, title, table in ((60, "yours", yours), (376, "right", right)):
            _draw_table(canvas, left, title, table)
        fine = bool(np.allclose(yours, right, atol=1e-7))
        ahead = int(np.sum(np.triu(yours, 1) > 1e-12))
        words = (
            f"{name.capitalize()}: {ahead} outputs depend on a later token. "
            f"The table is {'right' if fine else 'wrong'}."
        )
        told.append(words)
        frames.append(Frame(canvas, words))
        numbers[name] = {"yours": yours, "right": right}
    return Picture(
        "Which token depends on which",
        f"One of {TOKENS} tokens is changed a little, a column for each, and the rows show how "
        f"much the outputs change. {' '.join(told)}",
        frames,
        numbers,
        shown=1,
    )


def _influence(forward, x, moves):
    before = np.asarray(forward(x), float).reshape(x.shape)
    table = np.zeros((TOKENS, TOKENS))
    for token, move in enumerate(moves):
        changed = x.copy()
        changed[0, token] += move
        after = np.asarray(forward(changed), float).reshape(x.shape)
        table[:, token] = np.linalg.norm(after - before, axis=2)[0]
    return table


def _draw_table(canvas, left, title, table):
    top, side = 78, CELL * TOKENS
    canvas.text(left + side / 2, 46, title, "strong", "middle")
    canvas.text(left + side / 2, 66, "changed token", "small muted", "middle")
    canvas.upward_text(left - 30, top + side / 2, "output", "small muted", "middle")
    logs = np.log10(np.maximum(np.nan_to_num(table), 1e-12))
    shades = np.clip((logs + 3) / 3.5, 0, 1)
    canvas.cells(left, top, CELL, CELL, [[f"shade-{round(6 * s)}" for s in row] for row in shades])
    for row in range(TOKENS):
        canvas.text(left - 8, top + CELL * row + 24, str(row), "small muted", "end")
        for column in range(TOKENS):
            value = table[row, column]
            words = "0" if value < 1e-12 else f"{value:.2f}"
            across, down = left + CELL * (column + 0.5), top + CELL * row + 24
            canvas.text(across, down, words, "small", "middle")
    canvas.rectangle((left, top), (side, side), "frame")


def picture_gradients(solution):
    """Draw the relative errors of some gradients of a block."""
    rng = np.random.default_rng(5)
    d, heads, f = 4, 2, 3
    p = _draw_params(rng, d, f)
    x, dout = rng.normal(size=(2, 2, 3, d))
    frames, told, numbers = [], [], {}
    for causal in (False, True):
        got = solution.probe.gradients_of([d, heads, f], causal, p, x, dout)
        found = got if isinstance(got, dict) else {}
        right = _measured(p, x, dout, heads, causal)
        errors_of = {}
        canvas = Canvas(640, 310)
        rows = {name: right[name].reshape(-1, right[name].shape[-1]) for name in SHOWN}
        yours = {
            name: np.asarray(found[name], float).reshape(rows[name].shape)
            for name in SHOWN
            if np.shape(found.get(name)) == right[name].shape
        }
        short = {name: name.replace("attention.", "") for name in SHOWN}
        errors_of = draw_gradient_check(
            canvas,
            {short[n]: yours.get(n) for n in SHOWN},
            {short[n]: rows[n] for n in SHOWN},
        )
        canvas.text(624, 18, f"causal={causal}", "mono strong", "end")
        words = describe_errors(errors_of)
        told.append(f"With causal={causal}: {words}")
        frames.append(Frame(canvas, f"causal={causal}. {words}"))
        numbers[f"causal={causal}"] = errors_of
    return Picture(
        "Gradients of a block and the measured ones",
        f"Five of the gradients of a block with two heads. {' '.join(told)}",
        frames,
        numbers,
    )


def _draw_params(rng, d=D, f=F):
    shapes = {"norm1.gamma": (d,), "norm1.beta": (d,), "norm2.gamma": (d,), "norm2.beta": (d,)}
    for name in ("query", "key", "value", "output"):
        shapes |= {f"attention.{name}.W": (d, d), f"attention.{name}.b": (d,)}
    shapes |= {"expand.W": (d, f), "expand.b": (f,), "contract.W": (f, d), "contract.b": (d,)}
    return {
        name: np.ones(shape) if "gamma" in name else rng.normal(0, 1 / math.sqrt(shape[0]), shape)
        for name, shape in shapes.items()
    }


def _block(x, p, causal, heads=HEADS):
    def norm(v, name):
        centred = v - v.mean(axis=-1, keepdims=True)
        scale = np.sqrt(v.var(axis=-1, keepdims=True) + 1e-5)
        return centred / scale * p[f"{name}.gamma"] + p[f"{name}.beta"]

    B, T, d = x.shape
    n = norm(x, "norm1")
    Q, K, V = (
        (n @ p[f"attention.{m}.W"] + p[f"attention.{m}.b"]).reshape(B, T, heads, -1)
        for m in ("query", "key", "value")
    )
    scores = np.einsum("bthe,bshe->bhts", Q, K) / math.sqrt(d // heads)
    if causal:
        scores[..., ~np.tri(T, dtype=bool)] = -np.inf
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = powers / powers.sum(axis=-1, keepdims=True)
    found = np.einsum("bhts,bshe->bthe", weights, V).reshape(B, T, d)
    h = x + found @ p["attention.output.W"] + p["attention.output.b"]
    wide = np.maximum(norm(h, "norm2") @ p["expand.W"] + p["expand.b"], 0)
    return h + wide @ p["contract.W"] + p["contract.b"]


def _measured(p, x, dout, heads, causal, h=1e-5):
    arrays = {"dx": x, **p}
    found = {}
    for name in SHOWN:
        gradient = np.zeros_like(arrays[name])
        for at in np.ndindex(gradient.shape):
            sums = []
            for step in (h, -h):
                moved = arrays[name].copy()
                moved[at] += step
                now = arrays | {name: moved}
                sums.append(float((_block(now["dx"], now, causal, heads) * dout).sum()))
            gradient[at] = (sums[0] - sums[1]) / (2 * h)
        found[name] = gradient
    return found

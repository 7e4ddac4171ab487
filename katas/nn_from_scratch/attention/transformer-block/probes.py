"""Functions that run in the process of the learner's layers."""

import random
from typing import Any

import numpy as np

from . import transformer as module


def write_params(layer: Any, arrays: dict[str, np.ndarray]) -> None:
    """Write numbers into the arrays of the layer, as an optimizer does."""
    params = layer.params
    for name, array in arrays.items():
        params[name][...] = array


def attention_with(arrays, *sizes, **options) -> Any:
    """Make an attention layer with these parameters."""
    layer = module.MultiHeadAttention(*sizes, np.random.default_rng(3), **options)
    write_params(layer, arrays)
    return layer


def block_with(arrays, *sizes, **options) -> Any:
    """Make a block with these parameters."""
    layer = module.TransformerBlock(*sizes, np.random.default_rng(3), **options)
    write_params(layer, arrays)
    return layer


def gradients(layer: Any) -> dict[str, np.ndarray]:
    """Return the gradients. That of the key's bias is 0 but for rounding, which is removed."""
    grads = dict(layer.grads)
    for name in grads:
        if name.endswith("key.b"):
            grads[name] = np.where(np.abs(grads[name]) < 1e-12, 0.0, grads[name])
    return grads


def zeros_in_the_same_arrays(layer: Any) -> dict[str, bool]:
    """Call zero_grad, and return for each gradient whether an array held before is now zero."""
    held = dict(layer.grads)
    layer.zero_grad()
    grads = layer.grads
    return {name: bool(np.all(array == 0) and grads[name] is array) for name, array in held.items()}


def start_of_block(d: int, heads: int, f: int, seed: int) -> dict[str, str]:
    """Return in words how large the first parameters are."""
    params = module.TransformerBlock(d, heads, f, np.random.default_rng(seed)).params
    found = {}
    for name, array in params.items():
        if np.ndim(array) == 2:
            found[name] = _variance(float(np.var(array)), *array.shape)
        else:
            values = set(np.unique(array).tolist())
            found[name] = f"all {values.pop():g}" if len(values) == 1 else "different numbers"
    return found


def generator_use(seed: int) -> dict[str, Any]:
    """Return in words where the first weights come from."""
    numpy_before, python_before = np.random.get_state(), random.getstate()
    rng = np.random.default_rng(seed)
    first, second = _weights(rng), _weights(rng)
    numpy_after, python_after = np.random.get_state(), random.getstate()
    same_numpy = numpy_before[2] == numpy_after[2] and np.array_equal(
        numpy_before[1], numpy_after[1]
    )
    again = _weights(np.random.default_rng(seed))
    other = _weights(np.random.default_rng(seed + 1))
    return {
        "arrays": len(first),
        "equal to an earlier one": [
            name
            for place, (name, array) in enumerate(first.items())
            if any(np.array_equal(array, earlier) for earlier in list(first.values())[:place])
        ],
        "another seed, other weights": _same(first, other) == [],
        "one seed, the same weights": len(_same(first, again)),
        "two blocks, other weights": _same(first, second) == [],
        "global generators": "used" if not same_numpy or python_before != python_after else "free",
    }


def trained(sizes, seed, tokens, labels, positions, pool, readout, batches, rate) -> dict:
    """Train a block, a map before it and one after it with Adam; return all of their weights.

    The logits of a sequence are ``(Σ pool_t y_t) @ W + b`` for the outputs y of the block.
    """
    d, heads, f = sizes
    block = module.TransformerBlock(d, heads, f, np.random.default_rng(seed))
    embed, W = readout["embed"].copy(), readout["W"].copy()
    b = np.zeros(W.shape[1])
    own = dict(block.params)
    params = [embed, W, b, *own.values()]
    means = [np.zeros_like(p) for p in params]
    squares = [np.zeros_like(p) for p in params]
    for step, rows in enumerate(batches, 1):
        x = tokens[rows]
        y = block.forward(x @ embed + positions, training=True)
        pooled = np.einsum("t,ntd->nd", pool, y)
        logits = pooled @ W + b
        delta = np.exp(logits - logits.max(axis=1, keepdims=True))
        delta /= delta.sum(axis=1, keepdims=True)
        delta[np.arange(len(rows)), labels[rows]] -= 1.0
        delta /= len(rows)
        block.zero_grad()
        dx = block.backward(pool[:, np.newaxis] * (delta @ W.T)[:, np.newaxis, :])
        grads = block.grads
        gradients = [
            np.einsum("ntf,ntd->fd", x, dx), pooled.T @ delta, delta.sum(axis=0),
            *(grads[name] for name in own),
        ]  # fmt: skip
        for p, g, m, v in zip(params, gradients, means, squares, strict=True):
            m += 0.1 * (g - m)
            v += 0.01 * (g * g - v)
            p -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return {"embed": embed, "W": W, "b": b, **own}


def gradients_of(sizes, causal, arrays, x, dout) -> dict:
    """Return dx and all gradients of a block with these parameters."""
    block = module.TransformerBlock(*sizes, np.random.default_rng(0), causal=causal)
    write_params(block, arrays)
    block.forward(x, training=True)
    return {"dx": block.backward(dout), **block.grads}


def _weights(rng: np.random.Generator) -> dict[str, np.ndarray]:
    params = module.TransformerBlock(4, 2, 4, rng).params
    return {name: np.array(array) for name, array in params.items() if np.ndim(array) == 2}


def _same(some: dict, others: dict) -> list[str]:
    return [name for name, array in some.items() if np.array_equal(array, others.get(name))]


def _variance(value: float, fan_in: int, fan_out: int) -> str:
    # Of 3136 numbers, the variance is within 2.5 % (one standard deviation) of the right one.
    schemes = {"xavier": 2 / (fan_in + fan_out), "he": 2 / fan_in}
    close = [name for name, size in schemes.items() if abs(value / size - 1) < 0.13]
    return f"as {close[0]}" if close else f"variance {value:.1g}"

"""The attention layer with heads and the block, compared with onnx and sums over numbers."""

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx.reference import ReferenceEvaluator

from refnn.attention.transformer import MultiHeadAttention, TransformerBlock

Floats = NDArray[np.floating[Any]]
Jacobian = Callable[[Callable[[Any], Any], Floats], Floats]
Layer = MultiHeadAttention | TransformerBlock


def fill(layer: Layer, seed: int = 0) -> dict[str, Floats]:
    """Draw all parameters of a layer."""
    rng = np.random.default_rng(seed)
    for array in layer.params.values():
        array[...] = rng.normal(0, 0.6, array.shape)
    return layer.params


def normalized(x: Any, p: dict[str, Any], name: str) -> Any:
    """Return a layer normalization, for complex numbers too."""
    centred = x - x.mean(axis=-1, keepdims=True)
    var = (centred * centred).mean(axis=-1, keepdims=True)
    return centred / np.sqrt(var + 1e-5) * p[f"{name}.gamma"] + p[f"{name}.beta"]


def attended(x: Any, p: dict[str, Any], heads: int, causal: bool) -> Any:
    """Return attention, token by token, for complex numbers too."""
    B, T, d = x.shape
    dk = d // heads
    q, k, v = (x @ p[f"{name}.W"] + p[f"{name}.b"] for name in ("query", "key", "value"))
    found = np.zeros(x.shape, dtype=np.result_type(q, k, v))
    for b, t, h in np.ndindex(B, T, heads):
        own = slice(h * dk, (h + 1) * dk)
        seen = range(t + 1 if causal else T)
        powers = [np.exp((q[b, t, own] * k[b, s, own]).sum() / math.sqrt(dk)) for s in seen]
        for s, power in zip(seen, powers, strict=True):
            found[b, t, own] += power / sum(powers) * v[b, s, own]
    return found @ p["output.W"] + p["output.b"]


def computed(x: Any, p: dict[str, Any], heads: int, causal: bool) -> Any:
    """Return what the block computes, for complex numbers too."""
    own = {name.removeprefix("attention."): array for name, array in p.items()}
    h = x + attended(normalized(x, p, "norm1"), own, heads, causal)
    wide = normalized(h, p, "norm2") @ p["expand.W"] + p["expand.b"]
    return h + np.where(wide.real > 0, wide, 0) @ p["contract.W"] + p["contract.b"]


def test_the_numbers_of_the_lesson() -> None:
    size = math.sqrt(math.log(3))
    assert size == pytest.approx(1.048, abs=5e-4)
    for heads, expected in ((2, [0.786, 0.524]), (1, [0.718, 0.330])):
        layer = MultiHeadAttention(2, heads, np.random.default_rng(0))
        for name, array in layer.params.items():
            array[...] = np.eye(2) if name.endswith("W") else 0
        got = layer.forward([[[size, 0], [0, size]]])
        assert got[0].round(3).tolist() == [expected, expected[::-1]]
    for heads in (1, 8):
        layer = MultiHeadAttention(32, heads, np.random.default_rng(0))
        assert sum(array.size for array in layer.params.values()) == 4224


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("heads", [1, 2, 3])
def test_forward_beside_onnx(heads: int, causal: bool) -> None:
    layer = MultiHeadAttention(6, heads, np.random.default_rng(0), causal)
    p = fill(layer)
    x = np.random.default_rng(1).normal(size=(2, 4, 6))
    floats = onnx.TensorProto.DOUBLE
    node = onnx.helper.make_node(
        "Attention", ["Q", "K", "V"], ["Y"],
        q_num_heads=heads, kv_num_heads=heads, is_causal=int(causal),
    )  # fmt: skip
    graph = onnx.helper.make_graph(
        [node],
        "heads",
        [onnx.helper.make_tensor_value_info(name, floats, None) for name in "QKV"],
        [onnx.helper.make_tensor_value_info("Y", floats, None)],
    )
    opset = [onnx.helper.make_opsetid("", 23)]
    session = ReferenceEvaluator(onnx.helper.make_model(graph, opset_imports=opset))
    names = {"Q": "query", "K": "key", "V": "value"}
    mapped = {key: x @ p[f"{name}.W"] + p[f"{name}.b"] for key, name in names.items()}
    found = np.asarray(next(iter(session.run(None, mapped))))
    expected = found @ p["output.W"] + p["output.b"]
    np.testing.assert_allclose(layer.forward(x), expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("kind", [MultiHeadAttention, TransformerBlock])
def test_gradients_by_complex_steps(
    kind: type[Layer], causal: bool, complex_jacobian: Jacobian
) -> None:
    rng = np.random.default_rng(2)
    layer: Layer
    if kind is MultiHeadAttention:
        layer, f = MultiHeadAttention(4, 2, rng, causal), attended
    else:
        layer, f = TransformerBlock(4, 2, 5, rng, causal), computed
    p = fill(layer, 3)
    x, dout = rng.normal(size=(2, 2, 3, 4))
    np.testing.assert_allclose(layer.forward(x, training=True), f(x, p, 2, causal), rtol=1e-10)
    dx = layer.backward(dout)
    by_step = complex_jacobian(lambda v: (f(v, p, 2, causal) * dout).sum(), x)
    np.testing.assert_allclose(dx, by_step, rtol=1e-9, atol=1e-11)
    for name, gradient in layer.grads.items():
        by_step = complex_jacobian(
            partial(lambda name, v: (f(x, p | {name: v}, 2, causal) * dout).sum(), name), p[name]
        )
        np.testing.assert_allclose(gradient, by_step, rtol=1e-9, atol=1e-11)


def test_tokens_are_a_set_without_a_mask() -> None:
    block = TransformerBlock(6, 3, 8, np.random.default_rng(0))
    fill(block)
    x = np.random.default_rng(1).normal(size=(2, 5, 6))
    order = np.array([3, 1, 4, 0, 2])
    np.testing.assert_allclose(block.forward(x[:, order]), block.forward(x)[:, order], rtol=1e-10)


def test_later_tokens_do_not_change_earlier_outputs() -> None:
    block = TransformerBlock(6, 3, 8, np.random.default_rng(0), causal=True)
    fill(block)
    x = np.random.default_rng(1).normal(size=(2, 5, 6))
    before = block.forward(x)
    x[:, 3:] = 7.0
    np.testing.assert_array_equal(block.forward(x)[:, :3], before[:, :3])


def test_gradients_add_up_until_they_are_zeroed() -> None:
    block = TransformerBlock(4, 2, 3, np.random.default_rng(0))
    x = np.random.default_rng(1).normal(size=(2, 3, 4))
    held = block.grads["attention.key.W"]
    block.forward(x, training=True)
    block.backward(x)
    once = {name: array.copy() for name, array in block.grads.items()}
    block.forward(x[:1])
    block.backward(x)
    for name, array in block.grads.items():
        np.testing.assert_allclose(array, 2 * once[name], rtol=1e-12)
    block.zero_grad()
    assert block.grads["attention.key.W"] is held
    assert not any(array.any() for array in block.grads.values())


def test_what_is_refused() -> None:
    rng = np.random.default_rng(0)
    for d, heads in ((5, 2), (4, 0), (4, -2)):
        with pytest.raises(ValueError, match="heads"):
            MultiHeadAttention(d, heads, rng)
        with pytest.raises(ValueError, match="heads"):
            TransformerBlock(d, heads, 3, rng)
    layer: Layer
    for layer in (MultiHeadAttention(4, 2, rng), TransformerBlock(4, 2, 3, rng)):
        with pytest.raises(RuntimeError):
            layer.backward(np.ones((1, 2, 4)))
        for shape in ((4,), (2, 4), (1, 2, 3), (1, 1, 2, 4)):
            with pytest.raises(ValueError, match="x must"):
                layer.forward(np.ones(shape))
        layer.forward(np.ones((1, 2, 4)), training=True)
        for shape in ((2, 4), (1, 1, 4), (2, 2, 4)):
            with pytest.raises(ValueError, match="dout"):
                layer.backward(np.ones(shape))
        assert layer.forward(np.empty((0, 2, 4))).shape == (0, 2, 4)

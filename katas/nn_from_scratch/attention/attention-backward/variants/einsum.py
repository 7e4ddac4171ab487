"""Every product is an einsum; the axes have names instead of numbers."""

import math

import numpy as np


def attention_backward(dout, Q, K, V, A):
    arrays = [np.asarray(array) for array in (dout, Q, K, V, A)]
    kind = np.result_type(*arrays)
    dtype = kind if kind.kind == "f" else np.float64
    dout, Q, K, V, A = (array.astype(dtype) for array in arrays)
    if any(array.ndim < 2 for array in arrays):
        raise ValueError("a row dimension is missing")
    sizes = {}
    for array, names in ((dout, "nv"), (Q, "nk"), (K, "mk"), (V, "mv"), (A, "nm")):
        for name, size in (("lead", array.shape[:-2]), *zip(names, array.shape[-2:], strict=True)):
            if sizes.setdefault(name, size) != size:
                raise ValueError(f"two sizes for {name}")
    dV = np.einsum("...nm,...nv->...mv", A, dout)
    dA = np.einsum("...nv,...mv->...nm", dout, V)
    dS = A * dA - A * np.einsum("...nm,...nm->...n", A, dA)[..., None]
    dS /= math.sqrt(sizes["k"])
    return (
        np.einsum("...nm,...mk->...nk", dS, K),
        np.einsum("...nm,...nk->...mk", dS, Q),
        dV,
    )

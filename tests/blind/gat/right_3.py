import numpy as np

from ..activations.leaky import leaky_relu, leaky_relu_grad
from ..forward.softmax import softmax


def read(H, A, W, a_self, a_other):
    arrays = []
    for x, ndim in ((H, 2), (W, 2), (a_self, 1), (a_other, 1)):
        x = np.array(x)
        if x.ndim != ndim:
            raise ValueError(f"{ndim} axes expected, not {x.ndim}")
        arrays.append(x * 1.0 if x.dtype.kind == "f" else x.astype(float))
    H, W, a_self, a_other = arrays
    n, units = H.shape[0], W.shape[1]
    sizes = (*np.shape(A), W.shape[0], a_self.size, a_other.size)
    if sizes != (n, n, H.shape[1], units, units):
        raise ValueError("the shapes do not fit together")
    friends = [
        [j for j, entry in enumerate(row) if j == i or entry != 0]
        for i, row in enumerate(np.asarray(A))
    ]
    return H, W, a_self, a_other, friends


def look_around(i, near, P, a_self, a_other, slope):
    """What node i finds: the rows of its neighbours, its scores before the ReLU, its weights."""
    rows = P[near]
    z = rows @ a_other + P[i] @ a_self
    return rows, z, softmax(leaky_relu(z, slope))


def gat_layer(H, A, W, a_self, a_other, slope=0.2):
    H, W, a_self, a_other, friends = read(H, A, W, a_self, a_other)
    P = np.matmul(H, W)
    output = np.empty_like(P)
    weights = np.zeros((len(P), len(P)), dtype=P.dtype)
    for i, near in enumerate(friends):
        rows, _, w = look_around(i, near, P, a_self, a_other, slope)
        weights[i, near] = w
        output[i] = w @ rows
    return output, weights


def gat_backward(dout, H, A, W, a_self, a_other, slope=0.2):
    H, W, a_self, a_other, friends = read(H, A, W, a_self, a_other)
    P = np.matmul(H, W)
    if np.shape(dout) != P.shape:
        raise ValueError("dout must be (n, O)")
    dP, da_self, da_other = np.zeros_like(P), np.zeros_like(a_self), np.zeros_like(a_other)
    for i, (near, g) in enumerate(zip(friends, np.asarray(dout, P.dtype))):
        rows, z, w = look_around(i, near, P, a_self, a_other, slope)
        # softmax: w (d - w·d), then the kink
        d = rows @ g
        dz = w * (d - w @ d) * leaky_relu_grad(z, slope)
        dP[near] += np.outer(w, g) + np.outer(dz, a_other)
        dP[i] += dz.sum() * a_self
        da_self += dz.sum() * P[i]
        da_other += dz @ rows
    return dP @ W.T, H.T @ dP, da_self, da_other

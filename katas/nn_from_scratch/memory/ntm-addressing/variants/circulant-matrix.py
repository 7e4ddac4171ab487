"""The shift as a matrix, sharpening with logarithms, and einsum."""

import numpy as np

from ..forward.softmax import softmax


def _read(*pairs):
    """Return arrays of floats whose shapes agree with their letters."""
    arrays = [np.asarray(array) for array, _ in pairs]
    sizes = {}
    for array, (_, letters) in zip(arrays, pairs, strict=True):
        if array.ndim != len(letters):
            raise ValueError("another number of axes")
        for letter, size in zip(letters, array.shape, strict=True):
            if sizes.setdefault(letter, size) != size:
                raise ValueError("sizes that are not equal")
    dtype = np.result_type(*arrays)
    return [a.astype(dtype if dtype.kind == "f" else float) for a in arrays]


def content_weights(M, key, beta):
    M, key = _read((M, "rc"), (key, "c"))
    if beta < 0:
        raise ValueError("beta is negative")
    lengths = np.sqrt(np.einsum("rc,rc->r", M, M)) * np.sqrt(np.einsum("c,c->", key, key))
    cosines = np.zeros(len(M), M.dtype)
    np.divide(M @ key, lengths, out=cosines, where=lengths > 0)
    return softmax(beta * cosines)


def interpolate(wc, w_prev, g):
    wc, w_prev = _read((wc, "r"), (w_prev, "r"))
    if g < 0 or g > 1:
        raise ValueError("g is not a share")
    return wc * g + w_prev * (1 - g)


def shift(w, s):
    w, s, _ = _read((w, "r"), (s, "m"), (np.zeros(3, np.int8), "m"))
    rows = np.arange(len(w))
    moves = np.zeros((len(w), len(w)), w.dtype)
    for move, share in zip((-1, 0, 1), s, strict=True):
        np.add.at(moves, ((rows + move) % len(w), rows), share)
    return moves @ w


def sharpen(w, gamma):
    (w,) = _read((w, "r"))
    if gamma < 1:
        raise ValueError("gamma is below 1")
    with np.errstate(divide="ignore"):
        return softmax(gamma * np.log(w))


def address(M, w_prev, key, beta, g, s, gamma):
    return sharpen(shift(interpolate(content_weights(M, key, beta), w_prev, g), s), gamma)


def read(M, w):
    M, w = _read((M, "rc"), (w, "r"))
    return np.einsum("rc,r->c", M, w)


def write(M, w, erase, add):
    M, w, erase, add = _read((M, "rc"), (w, "r"), (erase, "c"), (add, "c"))
    kept = M - np.einsum("rc,r,c->rc", M, w, erase)
    return kept + np.einsum("r,c->rc", w, add)

"""One product after the other, in plain Python loops."""

import math

import numpy as np


def output_size(size, kernel, stride=1, pad=0):
    if kernel > size + 2 * pad:
        raise ValueError("the window is too large")
    return len(range(0, size + 2 * pad - kernel + 1, stride))


def im2col(x, kh, kw, stride=1, pad=0):
    x = np.asarray(x)
    if x.dtype.kind != "f":
        x = x.astype(float)
    n_images, channels, height, width = x.shape
    tops = [stride * k - pad for k in range(output_size(height, kh, stride, pad))]
    lefts = [stride * k - pad for k in range(output_size(width, kw, stride, pad))]
    rows = []
    for image in x:
        for top in tops:
            for left in lefts:
                row = []
                for channel in image:
                    for i in range(top, top + kh):
                        for j in range(left, left + kw):
                            inside = 0 <= i < height and 0 <= j < width
                            row.append(channel[i, j] if inside else 0.0)
                rows.append(row)
    return np.array(rows, dtype=x.dtype).reshape(
        n_images * len(tops) * len(lefts), channels * kh * kw
    )


def conv2d(x, w, b, stride=1, pad=0):
    x, w, b = (np.asarray(a) for a in (x, w, b))
    if x.ndim != 4 or w.ndim != 4 or x.shape[1] != w.shape[1] or b.shape != w.shape[:1]:
        raise ValueError("shapes do not match")
    kind = np.result_type(x, w, b)
    if kind.kind != "f":
        kind = np.dtype(float)
    size = (
        len(x),
        len(w),
        output_size(x.shape[2], w.shape[2], stride, pad),
        output_size(x.shape[3], w.shape[3], stride, pad),
    )
    out = np.zeros(size, kind)
    rows = im2col(x, w.shape[2], w.shape[3], stride, pad).tolist()
    weights = w.reshape(len(w), w[0].size).tolist()
    for n in range(size[0]):
        for f in range(size[1]):
            for i in range(size[2]):
                for j in range(size[3]):
                    row = rows[(n * size[2] + i) * size[3] + j]
                    products = (a * c for a, c in zip(row, weights[f], strict=True))
                    out[n, f, i, j] = b[f] + sum(products)
    return out


def conv_fans(shape):
    return math.prod(shape[1:]), shape[0] * shape[2] * shape[3]

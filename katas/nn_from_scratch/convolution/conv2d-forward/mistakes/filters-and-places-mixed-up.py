"""The outputs of the windows are reshaped to (N, F, H', W') without moving the axis of the filters.

The matrix product has one row per window and one column per filter. A reshape keeps the order of the
numbers, so outputs of different filters end up in one image. The shape is right, so there is no error.
Give the filters the last axis first, and then move that axis.
"""


def conv2d(x, w, b, stride=1, pad=0):
    images, filters = _floats(x), _floats(w)
    if images.ndim != 4 or filters.ndim != 4 or images.shape[1] != filters.shape[1]:
        raise ValueError("x must be (N, C, H, W) and w (F, C, kh, kw)")
    n, _, height, width = images.shape
    count, channels, kh, kw = filters.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    windows = im2col(images, kh, kw, stride, pad)
    out = affine(windows, filters.reshape(count, channels * kh * kw).T, b)
    return out.reshape(n, count, rows, columns)

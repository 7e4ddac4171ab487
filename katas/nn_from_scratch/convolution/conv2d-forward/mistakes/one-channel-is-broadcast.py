"""Images and filters may have different numbers of channels, if one of the two is 1.

numpy then repeats the single channel, and the outputs look plausible. A filter for grey images has
no weights for colours: the lesson asks for a ValueError.
"""


def conv2d(x, w, b, stride=1, pad=0):
    images, filters = _floats(x), _floats(w)
    if images.ndim != 4 or filters.ndim != 4:
        raise ValueError("x must be (N, C, H, W) and w (F, C, kh, kw)")
    channels = max(images.shape[1], filters.shape[1])
    if not {images.shape[1], filters.shape[1]} <= {1, channels}:
        raise ValueError("x and w must have the same channels")
    images = np.repeat(images, channels // images.shape[1], axis=1)
    filters = np.repeat(filters, channels // filters.shape[1], axis=1)
    n, _, height, width = images.shape
    count, channels, kh, kw = filters.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    windows = im2col(images, kh, kw, stride, pad)
    out = affine(windows, filters.reshape(count, channels * kh * kw).T, b)
    return out.reshape(n, rows, columns, count).transpose(0, 3, 1, 2)

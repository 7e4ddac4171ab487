"""Only the first channel of the images is filtered.

A filter covers all channels: it has C * kh * kw weights, and their products are added up. For a
colour image, green and blue would have no influence.
"""


def conv2d(x, w, b, stride=1, pad=0):
    images, filters = _floats(x), _floats(w)
    if images.ndim != 4 or filters.ndim != 4 or images.shape[1] != filters.shape[1]:
        raise ValueError("x must be (N, C, H, W) and w (F, C, kh, kw)")
    n, _, height, width = images.shape
    count, channels, kh, kw = filters.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    windows = im2col(images[:, :1], kh, kw, stride, pad)
    out = affine(windows, filters[:, 0].reshape(count, kh * kw).T, b)
    return out.reshape(n, rows, columns, count).transpose(0, 3, 1, 2)

"""The outputs are transposed to one row per filter, and then reshaped to (N, F, H', W').

After the transpose the axis of the filters comes first, and the images follow. With two images and two
filters, the second output of the first image is really the first filter on the second image. Reshape to
four axes first, and then move one axis.
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
    return out.T.reshape(n, count, rows, columns)

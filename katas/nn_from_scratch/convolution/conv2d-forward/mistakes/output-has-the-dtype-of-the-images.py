"""The outputs are written into an array with the dtype of the images.

For images of integers, each output loses its fractional part: 2.9 becomes 2. Compute integers in float64.
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
    out = out.astype(np.asarray(x).dtype)
    return out.reshape(n, rows, columns, count).transpose(0, 3, 1, 2)

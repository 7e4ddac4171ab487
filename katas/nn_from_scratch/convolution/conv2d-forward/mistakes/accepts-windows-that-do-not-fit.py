"""A window that is larger than the image is accepted, and the output is empty.

With a filter of 5 rows on an image of 3 rows there is no place for a window. An empty output hides that,
and the next layer fails somewhere else. The lesson asks for a ValueError.
"""


def output_size(size, kernel, stride=1, pad=0):
    return max(0, (size + 2 * pad - kernel) // stride + 1)


def im2col(x, kh, kw, stride=1, pad=0):
    images = _floats(x)
    if images.ndim != 4:
        raise ValueError("x must be (N, C, H, W)")
    n, channels, height, width = images.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    if rows == 0 or columns == 0:
        return np.empty((0, channels * kh * kw), images.dtype)
    padded = np.pad(images, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(padded, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, channels * kh * kw)

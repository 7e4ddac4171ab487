"""The last window is missing along each axis: the size has no + 1.

Three pixels have room for two windows of 2: from pixel 0 and from pixel 1. The difference 3 − 2 counts
the moves between windows, and there is one more window than moves.
"""


def output_size(size, kernel, stride=1, pad=0):
    room = size + 2 * pad - kernel
    if room < 0:
        raise ValueError("the window does not fit")
    return room // stride


def im2col(x, kh, kw, stride=1, pad=0):
    images = _floats(x)
    if images.ndim != 4:
        raise ValueError("x must be (N, C, H, W)")
    n, channels, height, width = images.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    padded = np.pad(images, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(padded, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    windows = windows[:, :, :rows, :columns]
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, channels * kh * kw)

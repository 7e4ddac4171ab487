"""Zeros are put around all four axes, as np.pad(x, pad) does.

That adds images and channels of zeros: with pad 1, a batch (2, 3, 8, 8) becomes (4, 5, 10, 10). Give
np.pad a pair of numbers per axis, and zeros only for rows and columns.
"""


def im2col(x, kh, kw, stride=1, pad=0):
    images = _floats(x)
    if images.ndim != 4:
        raise ValueError("x must be (N, C, H, W)")
    _, _, height, width = images.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    padded = np.pad(images, pad)
    n, channels = padded.shape[:2]
    windows = sliding_window_view(padded, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, channels * kh * kw)

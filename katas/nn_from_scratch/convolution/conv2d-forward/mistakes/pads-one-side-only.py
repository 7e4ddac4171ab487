"""All zeros are put after the last row and column, and none before the first.

The shape is right, but the outputs are shifted: with pad 1, output (1, 1) should look at the window
from pixel (0, 0), and here it starts at pixel (1, 1). Put pad zeros at each of the four sides.
"""


def im2col(x, kh, kw, stride=1, pad=0):
    images = _floats(x)
    if images.ndim != 4:
        raise ValueError("x must be (N, C, H, W)")
    n, channels, height, width = images.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    padded = np.pad(images, ((0, 0), (0, 0), (0, 2 * pad), (0, 2 * pad)))
    windows = sliding_window_view(padded, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, channels * kh * kw)

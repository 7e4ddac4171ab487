"""For windows of one pixel, the result of im2col is a view of the image.

numpy copies only when it has to: without zeros around the image, reshaping its 1 × 1 windows does
not copy. Code that writes into the rows then changes the image. Return a copy.
"""


def im2col(x, kh, kw, stride=1, pad=0):
    images = _floats(x)
    if images.ndim != 4:
        raise ValueError("x must be (N, C, H, W)")
    n, channels, height, width = images.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    padded = images
    if pad > 0:
        padded = np.pad(images, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(padded, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, channels * kh * kw)

"""The biases are added along the last axis, which contains the columns of the output.

numpy lines up the axes from the end: an array (F,) is added to (N, F, H', W') column by column. For W' = F
there is no error, and each column gets the bias of another filter. The axis of the filters is the second.
"""


def conv2d(x, w, b, stride=1, pad=0):
    images, filters, biases = _floats(x), _floats(w), _floats(b)
    if images.ndim != 4 or filters.ndim != 4 or images.shape[1] != filters.shape[1]:
        raise ValueError("x must be (N, C, H, W) and w (F, C, kh, kw)")
    if biases.shape != (len(filters),):
        raise ValueError("b must be (F,)")
    n, _, height, width = images.shape
    count, channels, kh, kw = filters.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    windows = im2col(images, kh, kw, stride, pad)
    out = windows @ filters.reshape(count, channels * kh * kw).T
    return out.reshape(n, rows, columns, count).transpose(0, 3, 1, 2) + biases

"""The gradient of each window is written to its place, and replaces what earlier windows left there.

A pixel that several windows read contributes to several outputs, and their gradients add up. In the
example of the lesson the pixel in the middle gets 4, from the last window alone, instead of 9. The
result is right only for windows that do not overlap.
"""


def conv2d_backward(dout, x, w, stride=1, pad=0):
    upstream, images, filters = _floats(dout), _floats(x), _floats(w)
    n, channels, height, width = images.shape
    count, _, kh, kw = filters.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    if upstream.shape != (n, count, rows, columns):
        raise ValueError("dout must have the shape of the output")
    d_rows = upstream.transpose(0, 2, 3, 1).reshape(n * rows * columns, count)
    dw = (d_rows.T @ im2col(images, kh, kw, stride, pad)).reshape(filters.shape)
    db = d_rows.sum(axis=0)
    d_windows = (d_rows @ filters.reshape(count, channels * kh * kw)).reshape(
        n, rows, columns, channels, kh, kw
    )
    sides = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    d_padded = np.pad(np.zeros(images.shape, d_windows.dtype), sides)
    for i in range(rows):
        for j in range(columns):
            top, left = stride * i, stride * j
            d_padded[:, :, top : top + kh, left : left + kw] = d_windows[:, i, j]
    dx = d_padded[:, :, pad : pad + height, pad : pad + width]
    return dx, dw, db

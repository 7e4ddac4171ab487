"""dout is reshaped to one row per window without moving the axis of the filters to the end.

dout is (N, F, H', W'). A reshape to (N * H' * W', F) keeps the order of the numbers, so a row contains
neighbouring places of one filter. The shapes match and there is no error, but dw and dx are wrong as soon as
F > 1.
"""


def conv2d_backward(dout, x, w, stride=1, pad=0):
    upstream, images, filters = _floats(dout), _floats(x), _floats(w)
    n, channels, height, width = images.shape
    count, _, kh, kw = filters.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    if upstream.shape != (n, count, rows, columns):
        raise ValueError("dout must have the shape of the output")
    d_rows = upstream.reshape(n * rows * columns, count)
    dw = (d_rows.T @ im2col(images, kh, kw, stride, pad)).reshape(filters.shape)
    db = upstream.sum(axis=(0, 2, 3))
    d_windows = (d_rows @ filters.reshape(count, channels * kh * kw)).reshape(
        n, rows, columns, channels, kh, kw
    )
    sides = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    d_padded = np.pad(np.zeros(images.shape, d_windows.dtype), sides)
    for i in range(kh):
        for j in range(kw):
            down = slice(i, i + stride * rows, stride)
            along = slice(j, j + stride * columns, stride)
            d_padded[:, :, down, along] += d_windows[:, :, :, :, i, j].transpose(0, 3, 1, 2)
    dx = d_padded[:, :, pad : pad + height, pad : pad + width]
    return dx, dw, db

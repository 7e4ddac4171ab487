"""The gradient of the biases is added up over the images, and not over the places.

It has shape (F, H', W'), and b has shape (F,). A bias is added to every output of its filter, so
there is one contribution per image, row and column.
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
    db = upstream.sum(axis=0)
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

"""The filters are rotated by 180 degrees before they are multiplied by the upstream gradient.

What came in through the weight in the upper left corner goes back through the same weight. If the gradient
is gathered as a convolution of dout instead, the filter has to be turned there, and turning it once more
(or not at all) gives these numbers. In the example of the lesson the first number is −1 instead of 1.
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
    d_windows = (d_rows @ filters[:, :, ::-1, ::-1].reshape(count, channels * kh * kw)).reshape(
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

"""The filter is rotated by 180 degrees before it is placed on the image.

That is convolution as mathematics defines it. Networks use the filter as it is, which is called
cross-correlation. In the example of the lesson the first output would be 22 instead of 10.
"""


def conv2d(x, w, b, stride=1, pad=0):
    images, filters = _floats(x), _floats(w)[..., ::-1, ::-1]
    if images.ndim != 4 or filters.ndim != 4 or images.shape[1] != filters.shape[1]:
        raise ValueError("x must be (N, C, H, W) and w (F, C, kh, kw)")
    n, _, height, width = images.shape
    count, channels, kh, kw = filters.shape
    rows, columns = output_size(height, kh, stride, pad), output_size(width, kw, stride, pad)
    windows = im2col(images, kh, kw, stride, pad)
    out = affine(windows, filters.reshape(count, channels * kh * kw).T, b)
    return out.reshape(n, rows, columns, count).transpose(0, 3, 1, 2)

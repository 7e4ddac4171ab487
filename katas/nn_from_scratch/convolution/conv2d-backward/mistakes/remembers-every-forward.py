"""forward stores the images even without training=True.

An evaluation between forward and backward then replaces them: if the number of images is the same,
the gradient is wrong without an error; otherwise there is an error. Remember only for training.
"""


class Conv2D:
    def forward(self, x, training=False):
        images = np.asarray(x)
        out = conv2d(images, self.params["w"], self.params["b"], self._stride, self._pad)
        self._images = images
        return out

"""Without a stride, the windows move by one pixel.

By default the stride is the size, so that windows are side by side: 8 × 8 pixels and size 2 give 4 × 4 outputs,
and not 7 × 7.
"""


class MaxPool2D:
    def __init__(self, size, stride=None):
        self.params = {}
        self.grads = {}
        self._size = size
        self._stride = 1 if stride is None else stride
        self._shape = ()
        self._winners = None


class AvgPool2D:
    def __init__(self, size, stride=None):
        self.params = {}
        self.grads = {}
        self._size = size
        self._stride = 1 if stride is None else stride
        self._shape = None

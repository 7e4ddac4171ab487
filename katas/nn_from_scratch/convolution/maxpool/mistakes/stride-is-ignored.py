"""The windows always move by their size, whatever stride is given.

MaxPool2D(3, 2) should give 3 outputs for 7 pixels, with overlapping windows. With stride 3 there are only 2.
"""


class MaxPool2D:
    def __init__(self, size, stride=None):
        self.params = {}
        self.grads = {}
        self._size = size
        self._stride = size
        self._shape = ()
        self._winners = None


class AvgPool2D:
    def __init__(self, size, stride=None):
        self.params = {}
        self.grads = {}
        self._size = size
        self._stride = size
        self._shape = None

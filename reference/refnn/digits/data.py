"""The handwritten digits: 1797 images of 8 x 8 pixels, each with the digit it shows.

The images are the test part of "Optical Recognition of Handwritten Digits" by E. Alpaydin and
C. Kaynak (UCI Machine Learning Repository, 1998, https://doi.org/10.24432/C50P49, CC BY 4.0), in
the order in which scikit-learn ships them; only the file format was changed. Two files beside this
module hold them: one has a row of 65 bytes per image, 64 pixels from 0 to 16 and then the label;
the other has the row numbers of the test set of the frozen split.

This module is given: you do not have to write it.
"""

import gzip
import hashlib
import pkgutil
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_IMAGES = "optdigits.u8.gz"
_IMAGES_SHA256 = "68aea062d35a127749050fa0e52dca09d6569ac08092c925610e0954e172dde2"
_TEST_ROWS = "frozen_test_rows.u16.gz"
_TEST_ROWS_SHA256 = "ecdbf352e81c3dd120d0efe609a94cb9a6b014dd9dce6431a7af83a836f03611"

# Block k is rows WRITER_BLOCKS[k] to WRITER_BLOCKS[k + 1] - 1. Each block was probably written by
# one person; the data set itself does not say who wrote which digit.
WRITER_BLOCKS = (0, 130, 256, 386, 516, 646, 776, 915, 1029, 1157, 1287, 1415, 1545, 1667, 1797)


@dataclass(frozen=True, eq=False)
class Split:
    """The digits in two sets: a training set and a test set.

    Attributes:
        X_train, X_test: images, (N, 64) float64, the pixels scaled to 0..1.
        y_train, y_test: labels, the digits that the images show, (N,) int64, 0 to 9.
    """

    X_train: NDArray[np.float64]
    y_train: NDArray[np.int64]
    X_test: NDArray[np.float64]
    y_test: NDArray[np.int64]


def load_digits() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return all images, (1797, 64) float64 scaled to 0..1, and their labels, (1797,) int64.

    Every call returns new arrays.

    Raises:
        RuntimeError: the file of images is missing or damaged.
    """
    rows = np.frombuffer(_read(_IMAGES, _IMAGES_SHA256), dtype=np.uint8).reshape(-1, 65)
    return rows[:, :64] / 16.0, rows[:, 64].astype(np.int64)


def frozen_split() -> Split:
    """Return the split that all results are measured on: 1438 training and 359 test images.

    The test set has a fifth of the images of each digit. Both sets keep the order of
    ``load_digits``. The same people wrote both sets, so this test is easier than ``writer_split``.
    """
    test_rows = np.frombuffer(_read(_TEST_ROWS, _TEST_ROWS_SHA256), dtype="<u2")
    is_test = np.zeros(WRITER_BLOCKS[-1], dtype=bool)
    is_test[test_rows] = True
    return _split(is_test)


def writer_split(block: int) -> Split:
    """Return the split whose test set is one writer block, and whose training set is the rest.

    Args:
        block: 0 to 13, the block that is left out of training.

    Raises:
        ValueError: there is no such block.
    """
    blocks = len(WRITER_BLOCKS) - 1
    if not 0 <= block < blocks:
        raise ValueError(f"writer blocks are numbered 0 to {blocks - 1}, got {block}")
    is_test = np.zeros(WRITER_BLOCKS[-1], dtype=bool)
    is_test[WRITER_BLOCKS[block] : WRITER_BLOCKS[block + 1]] = True
    return _split(is_test)


def _split(is_test: NDArray[np.bool_]) -> Split:
    X, y = load_digits()
    return Split(X[~is_test], y[~is_test], X[is_test], y[is_test])


def _read(name: str, sha256: str) -> bytes:
    # pkgutil asks the loader of this package, so this also works when it is not in a folder.
    next_step = f"restore digits/{name} from the package that it came with"
    try:
        packed = pkgutil.get_data(__package__, name)
    except OSError as error:
        raise RuntimeError(f"the data file {name} cannot be read; {next_step}") from error
    if packed is None:
        raise RuntimeError(f"the data file {name} cannot be read; {next_step}")
    try:
        data = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error) as error:
        raise RuntimeError(f"the data file {name} is damaged; {next_step}") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise RuntimeError(f"the data file {name} is damaged; {next_step}")
    return data

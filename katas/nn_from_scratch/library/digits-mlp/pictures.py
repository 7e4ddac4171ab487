"""What the model reads, which digits it takes for which, and how it reads new writers."""

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture, confusion_matrix, image_wall
from refnn.digits.data import frozen_split, writer_split

EPOCHS, SEED = 8, 0
SHORT = 3
BLOCKS = (0, 3, 6, 9, 12)


def parts_of(split):
    """Return the arrays of a split."""
    return [split.X_train, split.y_train, split.X_test, split.y_test]


def picture_wall(solution):
    """Draw all test images, and the misread ones larger."""
    split = frozen_split()
    read, _ = solution.probe.readings(parts_of(split), SEED, EPOCHS)
    return image_wall(
        split.X_test, np.asarray(read), split.y_test,
        title=f"The predictions of your library after {EPOCHS} epochs",
    )  # fmt: skip


def picture_confusion(solution):
    """Draw the confusion matrix that your function counted."""
    _, counts = solution.probe.readings(parts_of(frozen_split()), SEED, EPOCHS)
    return confusion_matrix(np.asarray(counts), title="Your confusion matrix of the test set")


def picture_writers(solution):
    """Draw the accuracy for known writers beside that for writers who were left out."""
    many = [parts_of(frozen_split()), *(parts_of(writer_split(block)) for block in BLOCKS)]
    shares = np.asarray(solution.probe.new_writers(many, SEED, SHORT), float)
    known, new = float(shares[0]), shares[1:]
    names = ["known writers", *(f"without block {block + 1}" for block in BLOCKS)]
    canvas = Canvas(640, 30 + 40 * len(names))
    canvas.text(150, 18, f"read correctly after {SHORT} epochs", "small")
    for number, (name, share) in enumerate(zip(names, shares, strict=True)):
        top = 30.0 + 40 * number
        long = 400 * min(max(float(share), 0.0), 1.0) if np.isfinite(share) else 0.0
        canvas.text(140, top + 20, name, "small", "end")
        canvas.rectangle((150, top), (400, 28), "grid")
        canvas.rectangle((150, top), (long, 28), "plus-6" if number == 0 else "shade-4")
        canvas.text(560, top + 20, f"{share:.1%}", "strong")
    return Picture(
        title=f"Known and new writers, after {SHORT} epochs",
        description=(
            f"In the frozen split, where all writers are known, {known:.1%} of the test images are "
            f"read. Of five writers who were left out, {new.mean():.1%} on average, and "
            f"{new.min():.1%} at worst. Longer training runs read more of both."
        ),
        frames=[Frame(canvas)],
        numbers={"known": known, "new": new},
    )

"""What a trained network predicts for the test images, and how its losses and accuracy went."""

import numpy as np

from nnkata.pictures import (
    Canvas,
    Chart,
    Frame,
    Picture,
    confusion_matrix,
    count_pairs,
    draw_lines,
    image_wall,
    weight_tiles,
)

HIDDEN, EPOCHS, SEED = 32, 20, 0
STOPS = [1, 3, 6, 12, EPOCHS]
WEIGHT_STOPS = [0, 1, 2, 4, 8, 16]


def picture_wall(solution):
    """Draw all test images, and the misread ones larger."""
    images, true, read = solution.probe.readings(HIDDEN, EPOCHS, SEED)
    return image_wall(
        images,
        np.asarray(read),
        true,
        title=f"Predictions for the test images after {EPOCHS} epochs",
    )


def picture_confusion(solution):
    """Draw how often each digit was predicted as each other."""
    _, true, read = solution.probe.readings(HIDDEN, EPOCHS, SEED)
    return confusion_matrix(
        count_pairs(true, read, 10), title="Digits and predictions: the confusion matrix"
    )


def picture_first_weights(solution):
    """Draw the weights from the pixels to each hidden neuron, epoch by epoch."""
    moments = solution.probe.first_layer_weights(HIDDEN, WEIGHT_STOPS, SEED)
    captions = [
        f"After {stop} epoch{'s' if stop > 1 else ''}." if stop else "Before the first step."
        for stop in WEIGHT_STOPS
    ]
    return weight_tiles(
        moments, captions=captions,
        title=f"The weights from 64 pixels to {HIDDEN} hidden neurons during training",
    )  # fmt: skip


def picture_progress(solution):
    """Draw loss and accuracy as reported, and both computed again from the network."""
    losses, runs = solution.probe.progress(HIDDEN, STOPS, SEED)
    _, true, _ = solution.probe.readings(HIDDEN, 1, SEED)
    losses = [float(loss) for loss in losses]
    counted = [float(np.mean(np.asarray(run["read"]) == true)) for run in runs]
    reported = [float(run["accuracy"]) for run in runs]
    function = [float(run["accuracy()"]) for run in runs]
    again = [float(run["loss again"]) for run in runs]
    last = [float(run["loss"]) for run in runs]
    said_losses = _losses_said(last, again)
    said_shares = _shares_said(reported, function, counted)
    canvas = Canvas(640, 440)
    upper = draw_lines(
        canvas, {"reported": losses}, (52, 6, 620, 186),
        Chart("", "training loss", list(range(len(losses)))), {"reported": "yours"},
    )  # fmt: skip
    _marks(canvas, upper, again, "computed again", said_losses)
    lowest = min(0.8, *counted, *(share for share in reported if np.isfinite(share)))
    lower = draw_lines(
        canvas, {"reported": [np.nan, *reported]}, (52, 222, 620, 396),
        Chart("epochs", "test accuracy", [0, *STOPS],
              (np.floor(lowest * 10) / 10, max(1.0, *reported))),
        {"reported": "yours"},
    )  # fmt: skip
    _marks(canvas, lower, counted, "counted again", said_shares)
    for stop, share in zip(STOPS, counted, strict=True):
        canvas.text(lower.x(stop), lower.y(share) + 22, f"{share:.0%}", "small halo", "middle")
    return Picture(
        f"{EPOCHS} epochs on handwritten digits",
        f"The training loss goes from {losses[0]:.3f} before the first step to {losses[-1]:.3f} "
        f"after {len(losses) - 1} epochs; a blind guess has 2.303. The test accuracy is "
        f"{counted[0]:.1%} after the first epoch and {counted[-1]:.1%} at the end. "
        f"{said_losses[0]} {said_shares[0]}",
        [Frame(canvas)],
        numbers={
            "losses": losses, "loss again": again, "accuracy": reported, "counted": counted,
            "accuracy()": function,
        },
    )  # fmt: skip


def _marks(canvas, axes, values, name, said):
    """Mark the values that were computed again, and write the comparison."""
    for stop, value in zip(STOPS, values, strict=True):
        canvas.marker(axes.x(stop), axes.y(value), "diamond", "right filled", 6)
    up = axes.top - 12
    canvas.marker(190, up - 4, "diamond", "right filled", 6)
    canvas.text(202, up, name, "small")
    words, fine = said
    canvas.text(620, up, words, "small strong" if fine else "small strong wrong", "end")


def _losses_said(told, again):
    """Compare the losses; a mean taken during the epoch is larger than the loss at its end."""
    if np.allclose(told, again, rtol=1e-6):
        return "The losses are right.", True
    ratios = np.divide(told, again)
    if not np.isfinite(ratios).all():
        return "Some losses are not finite.", False
    if (ratios > 0.2).all() and (ratios < 5).all():
        return "The losses fit the network.", True
    worst = int(np.abs(np.log(np.maximum(ratios, 1e-9))).argmax())
    return f"Losses wrong: {told[worst]:.3g}, not {again[worst]:.3g}.", False


def _shares_said(reported, function, counted):
    for name, told in (("Accuracy", reported), ("accuracy()", function)):
        if not np.allclose(told, counted, atol=1e-9):
            return f"{name} wrong: {told[-1]:.4g}, not {counted[-1]:.3g}.", False
    return "The accuracy is right.", True

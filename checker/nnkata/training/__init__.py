"""`kata train`: the stages of a training, checkpoints, and modules borrowed from the reference.

A course's training module imports what it reports with from here.
"""

from .stages import Accuracy, Image, Images, Loss, Stage, Tell

__all__ = ["Accuracy", "Image", "Images", "Loss", "Stage", "Tell"]

"""`kata train`: the stages of a training, checkpoints, and modules borrowed from the reference.

A course's training module imports from here what it reports with.
"""

from .stages import Accuracy, Image, Images, Loss, Stage, TrainingLog

__all__ = ["Accuracy", "Image", "Images", "Loss", "Stage", "TrainingLog"]

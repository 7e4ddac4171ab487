"""`kata train`: the stages of a training run, checkpoints, and modules borrowed from the reference.

A course's training module imports its log and events from here.
"""

from .stages import Accuracy, Event, Image, Images, Loss, Stage, TrainingLog

__all__ = ["Accuracy", "Event", "Image", "Images", "Loss", "Stage", "TrainingLog"]

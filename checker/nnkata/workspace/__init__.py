"""A learner's folder: modules, progress, snapshots, and what to do next."""

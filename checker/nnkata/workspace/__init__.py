"""A learner's workspace: modules, progress, snapshots, and the next step."""

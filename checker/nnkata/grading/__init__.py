"""Grading what others handed in: submissions, archives, late policies, gradebooks."""

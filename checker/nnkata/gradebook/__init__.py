"""The gradebook of a cohort: a database of results, overrides and comments, and its exports."""

"""Training as it is shown, stopped and gone on with."""

"""What a network can represent: networks that are built by hand for a function."""

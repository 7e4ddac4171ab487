"""The map of a class: submissions that fail a kata in the same way, and similar submissions."""

"""The migrations of a gradebook, which Alembic runs when a gradebook is opened."""

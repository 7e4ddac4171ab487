"""Courses and packs on disk: reading course.toml and kata.toml, hashes, mistakes."""

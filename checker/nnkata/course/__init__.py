"""Courses and packs on disk: course.toml and kata.toml, hashes, mistakes, stubs."""

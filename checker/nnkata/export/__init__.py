"""Export graders for Gradescope, GitHub and GitLab, and wheels for learners."""

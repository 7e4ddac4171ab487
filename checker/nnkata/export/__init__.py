"""`kata export`: a course for Gradescope, GitHub, GitLab, or as a wheel for learners."""

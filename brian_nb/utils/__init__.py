"""Modules that the manual has under this name, and nothing else."""

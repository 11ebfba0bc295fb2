"""What the manual calls experimental."""

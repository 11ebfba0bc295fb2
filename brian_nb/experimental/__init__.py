"""What the manual calls experimental, section 10."""

"""From report files to a release on the disk."""

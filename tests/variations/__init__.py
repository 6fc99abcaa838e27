"""Reports whose text another converter, printer or scanner has changed, and how many of their facts are found again."""

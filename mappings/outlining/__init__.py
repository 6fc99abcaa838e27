"""Lines of a report → its tree: one module per part of a report and per question of form."""

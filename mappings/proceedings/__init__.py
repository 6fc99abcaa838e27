"""What happened at the session: meetings, acts, sponsors, statements, documents, agendas, officers, attendance."""

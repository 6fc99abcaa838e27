"""Every IRI of the graph, looked up: redirection, description, profiles, what was once there."""

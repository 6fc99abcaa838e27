"""What those who run the server need: whether it lives, what it does, what it kept."""

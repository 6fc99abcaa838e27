"""A real server under mixed load with malicious requests among it, while releases are exchanged: `make soak`."""

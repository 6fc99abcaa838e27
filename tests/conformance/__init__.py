"""Public conformance suites, run by their manifests against a served instance: `make conformance`."""

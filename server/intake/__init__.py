"""Reports that operators send over HTTP: received, read in a process of their own, published if they conform."""

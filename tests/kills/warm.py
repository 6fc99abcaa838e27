"""What the process holds that killed processes are forked of: the program and its vocabulary, so that a kill falls into
the work and not into the imports. No store may be open in it: the engine's threads do not survive a fork."""

from __future__ import annotations

from rdflib import Graph

import server.cli
import server.intake.job
import server.printing
import server.publish  # noqa: F401 - all four
from ontology.closure import close

close(Graph())

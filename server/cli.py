"""The command line: one verb for each stage of the road and for each task of an operator, each usable alone.

Exit status: 0 done, 1 the input does not conform or cannot be read, 2 wrong usage. What a verb makes goes to the
standard output; progress and errors go to the standard error.
"""

from __future__ import annotations

from copy import copy

import click

from server.commands import asking, releases, running, stages

VERBS = (
    releases.build,
    releases.correct,
    releases.rollback,
    releases.remove,
    releases.prune,
    releases.load,
    releases.send,
    releases.token,
    stages.check,
    stages.formulas,
    stages.outline,
    stages.extract,
    stages.graph,
    stages.infer,
    stages.validate,
    asking.query,
    asking.export,
    running.serve,
    running.mcp,
    running.backup,
    running.restore,
)

FORMER = {"publish": releases.load}  # names of verbs that go with the next version


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="recalling")
def main() -> None:
    """Session reports of United Nations commissions as linked data.

    \b
    Example: recalling build examples/reports && recalling query sponsors
    """


for verb in VERBS:
    main.add_command(verb)
for name, verb in FORMER.items():
    former = copy(verb)
    former.hidden, former.deprecated = True, f"It is called {verb.name} now."
    main.add_command(former, name)

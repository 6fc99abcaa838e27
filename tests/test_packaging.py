"""The distribution and its four import names."""

from __future__ import annotations

from importlib.metadata import packages_distributions

import pytest


@pytest.mark.parametrize("name", ["mappings", "ontology", "server", "shapes"])
def test_no_other_distribution_owns_the_name(name: str) -> None:
    assert set(packages_distributions().get(name, ["recalling"])) == {"recalling"}

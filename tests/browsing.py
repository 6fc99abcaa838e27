"""Fixtures: Debian's Chromium, a page in it, and what the page does that it should not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_VIOLATIONS = (
    "document.addEventListener('securitypolicyviolation', e => console.error('violation ' + e.violatedDirective))"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; the tests are skipped where it is not installed."""
    if CHROMIUM is None:
        if os.environ.get("RECALLING_REQUIRE_ENGINES"):
            pytest.fail("chromium is not installed, and it is required here")
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own context."""
    with browser.new_page() as opened:
        yield opened


@dataclass(slots=True)
class Watch:
    """What a page said on its console, and the addresses it asked for."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def elsewhere(self, address: str) -> list[str]:
        """The addresses on other hosts than that of the site."""
        return [url for url in self.asked if not url.startswith((address, "data:"))]


def watch(page: Page) -> Watch:
    """What the page says and asks for from now on: errors, warnings, violations of the policy, every request."""
    seen = Watch()
    page.on("console", lambda message: seen.said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: seen.said.append(str(error)))
    page.on("request", lambda request: seen.asked.append(request.url))
    page.add_init_script(_VIOLATIONS)
    return seen

"""What is wrong on a page: visited in a browser at the width of a laptop in light, of a phone in dark."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.browsing import watch

WIDTHS = (1280, 390)
STOPS = 25  # of the Tab key on a page; what follows is more of the same list
_WAITS = "script[src*='editor'], script[src*='network']"  # scripts that ask for more when the page is loaded
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RULES: dict[str, Any] = {
    "resultTypes": ["violations"],
    "preload": False,  # of style sheets, for a rule on the orientation of the screen
    "runOnly": {"type": "tag", "values": _TAGS},
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2, off unless asked for
}
# What a narrow screen and the dark scheme can change; all other rules look at the same document again.
_CHANGED: dict[str, Any] = {
    "resultTypes": ["violations"],
    "preload": False,
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
    },
}
_REPEATED: dict[str, Any] = {"exclude": [["tr:nth-child(n+12)"], ["li:nth-child(n+16)"]]}  # long lists look alike
_SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: 'layout-shift', buffered: true});"""
_SETTLED = (
    "document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))"
)
# The elements that a person can act on, but for those which a closed <details> hides.
_STOPS = """() => {
  const wanted = 'a[href], button, input, select, textarea, summary, [tabindex]';
  window.stops = [...document.querySelectorAll(wanted)].filter(one => one.tabIndex >= 0 && !one.disabled
    && one.checkVisibility({visibilityProperty: true}) && one.type !== 'hidden');
  window.reached = new Set();
  window.unseen = new Set();
  document.addEventListener('focusin', ({target}) => {
    window.reached.add(target);
    if (target.closest('.CodeMirror')) return;  // which is outlined itself, a moment later
    const style = getComputedStyle(target);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    if (!ring && style.boxShadow === 'none') window.unseen.add(target);
  });
  return window.stops.length;
}"""
_WALKED = """count => {
  const name = one => one.outerHTML.slice(0, 120);
  const missed = window.stops.slice(0, count).filter(one => !window.reached.has(one));
  return [missed.map(name), [...window.unseen].map(name)];
}"""
_INLINE = """text => {
  const sent = [...new DOMParser().parseFromString(text, 'text/html').querySelectorAll('*')];
  return sent.filter(one => one.matches('style, [style], script:not([src], [type="application/ld+json"])')
    || [...one.attributes].some(({name}) => name.startsWith('on'))).map(one => one.outerHTML.slice(0, 120));
}"""


def faults(page: Page, site: str, path: str, status: int = 200) -> list[str]:
    """What is wrong on the page at an address of the site, in words; empty where nothing is."""
    seen = watch(page)
    page.add_init_script(_SHIFTS)
    answer = _opened(page, site + path, WIDTHS[0], "light")
    found = [] if answer.status == status else [f"answers {answer.status}"]
    found += _shifted(page, WIDTHS[0]) + _document(page, answer.text()) + _keyboard(page) + _violations(page, _RULES)
    _opened(page, site + path, WIDTHS[1], "dark")
    found += _shifted(page, WIDTHS[1]) + _beyond(page) + _violations(page, _CHANGED)
    found += [f"says {line}" for line in seen.said if "Failed to load resource" not in line or answer.ok]
    return found + [f"asks for {address}" for address in seen.elsewhere(site)]


def _opened(page: Page, address: str, width: int, scheme: Literal["light", "dark"]) -> Response:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    answer = page.goto(address, wait_until="load")
    assert answer is not None
    if page.locator(_WAITS).count():
        page.wait_for_load_state("networkidle")
    page.evaluate(_SETTLED)
    return answer


def _shifted(page: Page, width: int) -> list[str]:
    shift = float(page.evaluate("window.shifted"))
    return [f"{width}: what was there has moved by {shift}"] if shift else []


def _document(page: Page, sent: str) -> list[str]:
    """What is wrong with the headings of the page, and with what its HTML holds as it was sent."""
    headings: int = page.locator("h1").count()
    inline: list[str] = page.evaluate(_INLINE, sent)
    found = [] if headings == 1 else [f"has {headings} first headings"]
    return found + [f"has in the page itself {one}" for one in inline]


def _keyboard(page: Page) -> list[str]:
    """What the Tab key does not reach, where the focus cannot be seen, and a first stop that does not skip."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    skips = page.evaluate("document.activeElement.id === 'content' || !document.querySelector('nav')") is True
    page.evaluate("history.replaceState(null, '', location.pathname + location.search)")
    count = min(int(page.evaluate(_STOPS)), STOPS)
    page.locator("a[href]").first.focus()
    for _ in range(2):  # once more where what has the focus shows tools of its own, which are stops too
        for _ in range(count + 2):
            page.keyboard.press("Tab")
        missed, unseen = page.evaluate(_WALKED, count)
        if not missed:
            break
    return [
        *([] if skips else ["has no link that skips to the content"]),
        *(f"Tab does not reach {one}" for one in missed),
        *(f"the focus is not seen on {one}" for one in unseen),
    ]


def _beyond(page: Page) -> list[str]:
    """The elements that make the page wider than a phone's screen, empty where it is not."""
    if int(page.evaluate("document.documentElement.scrollWidth")) <= WIDTHS[1]:
        return []
    wide = "[...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth)"
    names: list[str] = page.evaluate(f"{wide}.slice(0, 3).map(one => one.outerHTML.slice(0, 120))")
    return [f"reaches beyond the edge of the screen: {names}"]


def _violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds, with the places and what would mend it."""
    return [
        f"{one['id']} at {'; '.join(str(node['target'][0]) for node in one['nodes'][:3])}: "
        f"{one['nodes'][0]['failureSummary']}"
        for one in Axe().run(page, _REPEATED, rules).response["violations"]
    ]


def names_on_bars(page: Page) -> list[str]:
    """The names of a page's drawings that a bar or a field covers; a field's own number stands on it."""
    found: list[str] = page.evaluate("""() => [...document.querySelectorAll('.drawing')].flatMap(drawing => {
      const bars = [...drawing.querySelectorAll('rect')].map(one => one.getBoundingClientRect());
      return [...drawing.querySelectorAll('text:not(.number, svg svg > .head)')].filter(one => {
        const name = one.getBoundingClientRect();
        return bars.some(bar => bar.left < name.right && name.left < bar.right && bar.top < name.bottom && name.top < bar.bottom);
      }).map(one => one.textContent);
    })""")
    return found

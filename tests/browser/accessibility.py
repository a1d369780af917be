"""What can be measured of how a page reads: contrast (WCAG 2.2, 1.4.3), names of controls, width, focus."""

from typing import Any

from playwright.sync_api import Page

_CONTRAST = """
() => {
  const parse = (text) => {
    const parts = text.match(/[\\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const over = (top, under) => top.rgb.map((value, i) => value * top.alpha + under[i] * (1 - top.alpha));
  const ground = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      layers.push(parse(getComputedStyle(each).backgroundColor));
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const bad = [];
  for (const element of document.querySelectorAll("body *")) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const field = element.matches("input:not([type=hidden], [type=checkbox], [type=radio], [type=range]), textarea");
    if ((!text && !field) || element.closest("[disabled], option, script, noscript")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(".visually-hidden")) continue;
    const style = getComputedStyle(element);
    const paint = element instanceof SVGElement ? style.fill : style.color;
    const under = ground(element);
    const front = over(parse(paint), under);
    const [high, low] = [light(front), light(under)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < least) {
      bad.push(`${element.tagName}.${element.className.baseVal ?? element.className} ` +
        `"${element.textContent.trim().slice(0, 30)}" ${ratio.toFixed(2)}`);
    }
  }
  return [...new Set(bad)];
}
"""
_UNNAMED = """
() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((each) => each.checkVisibility())
  .filter((each) => !(each.labels && each.labels.length))
  .filter((each) => !each.getAttribute("aria-label") && !each.textContent.trim())
  .map((each) => each.outerHTML.slice(0, 120))
"""
_TOO_WIDE = """
() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll, .bar nav"))
    .map((each) => each.outerHTML.slice(0, 100)).slice(0, 5)
"""
_FOCUS = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const thumb = element.matches("[type=range]");
  const box = element.getBoundingClientRect();
  return {
    what: element.id || element.getAttribute("href") || element.textContent.trim().slice(0, 40),
    seen: thumb || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || element.id === "main"
      || element.matches(".notice"),
    inside: box.right > 0 && box.left < innerWidth,
  };
}
"""


def contrast_problems(page: Page) -> list[str]:
    """Visible text whose contrast is below AA."""
    found: list[str] = page.evaluate(_CONTRAST)
    return found


def unnamed_controls(page: Page) -> list[str]:
    """What can be used and has no name to be read."""
    found: list[str] = page.evaluate(_UNNAMED)
    return found


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate(_TOO_WIDE)
    return found


def focused(page: Page) -> dict[str, Any] | None:
    """What has the focus, and whether that can be seen."""
    found: dict[str, Any] | None = page.evaluate(_FOCUS)
    return found

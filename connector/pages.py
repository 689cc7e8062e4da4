"""From a captured page to the HTML of a recording: a tree of elements and texts, scrubbed, with its styles inlined."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from connector.scrubbing import Kind, Scrubber

_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "param", "track", "wbr"})
_TEXTS = frozenset(
    {"placeholder", "title", "alt", "label", "aria-label", "aria-description", "aria-valuetext", "aria-placeholder"}
    | {"data-placeholder", "data-hers"}
)
_PLAIN_VALUE = re.compile(r"[a-z -]{0,24}|e\d+( e\d+)*|-?\d{1,2}", re.IGNORECASE)
_ARIA_VALUE = re.compile(
    r"(?:|true|false|mixed|page|step|location|date|time|menu|listbox|dialog|grid|tree|polite|assertive|off|none|inline"
    r"|list|both|ascending|descending|other|horizontal|vertical|undefined|text|all|e\d+(?: e\d+)*|-?\d{1,2})"
)
_CLASS = re.compile(r"[\w:./\[\]%#!&()>*,=-]{1,60}")
_BUTTONS = frozenset({"submit", "button", "reset"})

Node = Mapping[str, Any]


def texts(node: Node) -> Iterator[tuple[str, Kind]]:
    """Every text of a captured page with the kind it was captured as, attributes included."""
    if "text" in node:
        yield node["text"], Kind(node["kind"])
        return
    for name, value in node["attributes"].items():
        if name in _TEXTS:
            yield value, Kind(node["kind"])
        elif name == "value":
            yield value, _kind_of_value(node)
    for child in (*node.get("shadow", ()), *node["children"]):
        yield from texts(child)


def _kind_of_value(node: Node) -> Kind:
    button = node["attributes"].get("type", "").lower() in _BUTTONS
    return Kind(node["kind"]) if button else Kind.DATA


@dataclass
class PageWriter:
    """Writes one page. `said` holds every text that was written, for whoever looks for what must not be there."""

    scrubber: Scrubber
    said: list[str] = field(default_factory=list)
    _looks: dict[str, str] = field(default_factory=dict)

    def page(self, captured: Mapping[str, Any]) -> str:
        """The whole document. It asks for nothing from anywhere and runs nothing."""
        body = self._element(captured["body"], shadowed=False)
        rules = "".join(f'[data-look="{key}"]{{{style}}}\n' for style, key in self._looks.items())
        title = self._say(captured["title"], Kind.DATA)
        language = captured["lang"] if re.fullmatch(r"[A-Za-z-]{0,12}", captured["lang"]) else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{html.escape(title)}</title>\n<style>\n{rules}</style>\n</head>\n{body}\n</html>\n"
        )

    def _say(self, text: str, kind: Kind) -> str:
        scrubbed = self.scrubber.text(text, kind)
        self.said.append(scrubbed)
        return scrubbed

    def _element(self, node: Node, *, shadowed: bool) -> str:
        if "text" in node:
            return html.escape(self._say(node["text"], Kind(node["kind"])), quote=False)
        tag = node["tag"]
        attributes = {name: self._attribute(node, name, value) for name, value in node["attributes"].items()}
        style = ";".join(f"{name}:{value}" for name, value in node["style"].items() if value)
        if style and shadowed:
            attributes["style"] = style
        elif style:
            attributes["data-look"] = self._looks.setdefault(style, str(len(self._looks) + 1))
        start = "".join(
            f' {name}="{html.escape(value)}"' if value else f" {name}"
            for name, value in attributes.items()
            if value is not None
        )
        if tag in _VOID:
            return f"<{tag}{start}>"
        shadow = "".join(self._element(child, shadowed=True) for child in node.get("shadow", ()))
        if shadow:
            shadow = f'<template shadowrootmode="open">{shadow}</template>'
        inner = "".join(self._element(child, shadowed=shadowed) for child in node["children"])
        end = "\n" if tag in ("tr", "li", "div", "section", "option", "label") else ""
        return f"<{tag}{start}>{shadow}{inner}</{tag}>{end if self._free(node) else ''}"

    def _free(self, node: Node) -> bool:
        """Whether a line break after the element is no text on the page."""
        display: str = node["style"].get("display", "")
        return display.startswith(("block", "table", "flex", "grid", "list-item"))

    def _attribute(self, node: Node, name: str, value: str) -> str | None:
        if name == "value":
            return self._say(value, _kind_of_value(node))
        if name in _TEXTS or name == "datetime":
            return self._say(value, Kind(node["kind"]))
        if name == "class":
            return " ".join(filter(self._harmless, value.split())) or None
        if name == "href":
            return f"mailto:{self._say(value[7:].partition('?')[0], Kind.DATA)}" if value != "#" else value
        plain = _ARIA_VALUE if name.startswith("aria-") else _PLAIN_VALUE
        return value if plain.fullmatch(value) else self._say(value, Kind.DATA)

    def _harmless(self, token: str) -> bool:
        """A class that is no name, no address and no long number."""
        said = {word.casefold() for word in re.findall(r"[^\W\d_]+", token)}
        unusual = _CLASS.fullmatch(token) is None or re.search(r"\d{5,}", token) is not None
        return not (unusual or any(len(word) > 3 and word in self.scrubber.personal for word in said))

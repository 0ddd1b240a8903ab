"""Reads the forms of a page as a browser would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

TEXTS = ("text", "email", "password", "search", "textarea")


@dataclass
class Field:
    """A control with its name, its kind, and the value that the page gave it."""

    name: str
    kind: str
    value: str


@dataclass
class PageForm:
    """A form that changes something, with every control in it."""

    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Each name once."""
        return list(dict.fromkeys(each.name for each in self.fields))

    @property
    def texts(self) -> list[str]:
        """The names of fields that take any words."""
        return [each.name for each in self.fields if each.kind in TEXTS]

    def served(self) -> dict[str, list[str]]:
        """What is sent if nothing is touched."""
        sent: dict[str, list[str]] = {}
        for each in self.fields:
            if each.kind != "unchosen":
                sent.setdefault(each.name, []).append(each.value)
        return sent


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[PageForm] = []
        self.open: PageForm | None = None
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method") == "post":
            self.open = PageForm(given.get("action") or self.address)
            self.found.append(self.open)
        elif self.open is not None:
            self._control(self.open, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag in ("select", "textarea"):
            self.select = self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area and self.open is not None:
            self.open.fields[-1].value += data

    def _control(self, form: PageForm, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "button" and "formaction" in given:
            self.found.append(PageForm(urldefrag(urljoin(self.address, given["formaction"]))[0], form.fields))
        elif tag == "textarea":
            self.area = name
            form.fields.append(Field(name, "textarea", ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            form.fields.append(
                Field(self.select, _chosen("select", given, "selected"), given.get("value", ""))
            )
        elif tag == "input" and name:
            kind = given.get("type", "text")
            kind = _chosen(kind, given, "checked") if kind in ("radio", "checkbox") else kind
            form.fields.append(Field(name, kind, given.get("value", "")))


def _chosen(kind: str, given: dict[str, str], attribute: str) -> str:
    return kind if attribute in given else "unchosen"


def forms_of(page: str, address: str) -> list[PageForm]:
    """The forms of a page that send by POST; ``address`` is where a form without an action goes."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.found

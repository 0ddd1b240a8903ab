"""Every sentence for people goes through here; catalogues are chosen per request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, cast

import flask_babel
from babel.support import Translations
from flask import Flask, g, has_request_context, request

LANGUAGES = {"en": "English"}  # A language is offered once its catalogue is complete.

DOCUMENT_LANGUAGES = ("en", "da", "ru", "zh")  # Those that documents can be made in.

# As their speakers write them.
LANGUAGE_NAMES = {"en": "English", "da": "Dansk", "ru": "Русский", "zh": "简体中文"}

# A month's name is read alike everywhere, and nobody plans an interview to the second.
DATES = {
    "en": {"medium": "d MMM y", "long": "d MMMM y", "moment": "d MMM y, HH:mm"},
    "da": {"medium": "d. MMM y", "long": "d. MMMM y", "moment": "d. MMM y 'kl.' HH.mm"},
    "ru": {"medium": "d MMM y", "long": "d MMMM y", "moment": "d MMM y, HH:mm"},
    "zh": {"medium": "y年M月d日", "long": "y年M月d日", "moment": "y年M月d日 HH:mm"},
}

_LIST_MARKS = {"zh": "、"}
_no_catalogue = Translations()


def _in_app() -> bool:
    from flask import has_app_context

    return has_app_context()


def gettext(sentence: str, **values: Any) -> str:
    """The sentence in the reader's language; usable with and without an application."""
    if _in_app():
        return cast(str, flask_babel.gettext(sentence, **values))
    return sentence % values if values else sentence


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """The sentence in the right plural form for ``num``, which is also available as ``%(num)s``."""
    if _in_app():
        return cast(str, flask_babel.ngettext(one, many, num, **values))
    return _no_catalogue.ngettext(one, many, num) % {"num": num, **values}


def language_name(code: str) -> str:
    """A language as its speakers write it."""
    return LANGUAGE_NAMES.get(code, code)


def listed(words: Iterable[object]) -> str:
    """The words one after the other, with the mark between them that the reader's language has for it."""
    language = flask_babel.get_locale().language if _in_app() else "en"
    return _LIST_MARKS.get(language, ", ").join(str(word) for word in words)


def format_date(day: date | None, form: str = "medium") -> str:
    """The day in the reader's language, ``medium``, ``long`` or by a pattern; today's if there is none."""
    return cast(str, flask_babel.format_date(day, _patterns().get(form, form)))


def format_moment(moment: datetime | None, rebase: bool = True) -> str:
    """The day and the minute in the reader's language; by the moment's own clock unless ``rebase``."""
    return cast(str, flask_babel.format_datetime(moment, _patterns()["moment"], rebase=rebase))


def _patterns() -> Mapping[str, str]:
    return DATES[flask_babel.get_locale().language]


lazy_gettext: Callable[..., Any] = flask_babel.lazy_gettext
_ = gettext


def chosen_language() -> str:
    """The language of this request: the person's own, else the browser's best match, else English."""
    if not has_request_context():
        return "en"
    person = g.get("person")
    own = getattr(person, "language", None)
    return own if own in LANGUAGES else request.accept_languages.best_match(list(LANGUAGES)) or "en"


def init_app(app: Flask, settings: Mapping[str, Any] | None = None) -> flask_babel.Babel:
    """Connects the catalogues and the choice of language to the application."""
    return flask_babel.Babel(app, locale_selector=chosen_language, default_timezone="UTC")

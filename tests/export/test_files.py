"""Names of documents and how they are handed over."""

from __future__ import annotations

import pytest

from hiring.export.files import content_disposition, file_name, pdf_response


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("interview guide", "Support agent", "v2"), "interview-guide-support-agent-v2.pdf"),
        (("packet", "Đặng Thị / Hồng"), "packet-đặng-thị-hồng.pdf"),
        (("packet", "李镕堃"), "packet-李镕堃.pdf"),
        (("packet", "श्रीमती"), "packet-श्रीमती.pdf"),
        (("packet", "../../etc/passwd"), "packet-etc-passwd.pdf"),
        (("packet", '"; rm -rf\r\nX: y'), "packet-rm-rf-x-y.pdf"),
        (("packet", ""), "packet.pdf"),
        (("", "…"), "document.pdf"),
    ],
)
def test_a_name_keeps_letters_and_nothing_else(parts: tuple[str, ...], name: str) -> None:
    assert file_name(*parts) == name


def test_a_long_name_fits_every_file_system() -> None:
    name = file_name("packet", "堃" * 300)

    assert len(name.encode()) <= 204
    assert name.endswith("堃.pdf")


def test_a_name_in_other_letters_comes_in_both_spellings() -> None:
    assert content_disposition("packet-josé-李.pdf") == (
        "attachment; filename=\"packet-jose.pdf\"; filename*=UTF-8''packet-jos%C3%A9-%E6%9D%8E.pdf"
    )


def test_a_name_without_plain_letters_is_called_document() -> None:
    assert content_disposition("李.pdf").startswith('attachment; filename="document.pdf"')


def test_a_document_is_not_kept_on_the_way() -> None:
    response = pdf_response(b"%PDF-1.7", "packet.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"

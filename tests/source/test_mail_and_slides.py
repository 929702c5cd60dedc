"""Mail and slides."""

from __future__ import annotations

import io
from email.message import EmailMessage

import pytest
from pptx import Presentation
from pptx.util import Inches

from summarizer.source.mail import attachments, read_mail
from summarizer.source.plain import read_saved_page, read_translation_memory
from summarizer.source.reader import Limits
from summarizer.source.slides import read_slides


def _letter() -> bytes:
    message = EmailMessage()
    message["Subject"] = "2033年重点任务清单"
    message["From"] = "office@example.cn"
    message.set_content("一、建设托位900个。\n", charset="gb18030")
    message.add_attachment("二、改造病房。".encode(), maintype="text", subtype="plain", filename="附件.txt")
    return bytes(message)


def test_a_letter_reads_as_subject_and_body_with_its_headers_apart() -> None:
    found = read_mail(_letter(), Limits())
    assert found.text == "2033年重点任务清单\n发件人：office@example.cn\n一、建设托位900个。\n"
    assert [found.text[one.start : one.end] for one in found.furniture] == ["发件人：office@example.cn\n"]


def test_attachments_are_texts_of_their_own() -> None:
    assert list(attachments(_letter())) == [("附件.txt", "二、改造病房。".encode())]


def test_a_letter_of_markup_only_reads_as_a_page() -> None:
    message = EmailMessage()
    message["Subject"] = "通知"
    message.set_content("<p>一、建设托位900个。</p><p>二、改造病房。</p>", subtype="html")
    text = read_mail(bytes(message), Limits()).text
    assert text.splitlines()[0] == "通知"
    assert "一、建设托位900个。\n二、改造病房。" in text


def test_a_saved_page_is_its_page() -> None:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message.set_content("<html><body><p>一、建设托位900个。</p></body></html>", subtype="html", cte="quoted-printable")
    message.make_related()
    assert "一、建设托位900个。" in read_saved_page(bytes(message), Limits()).text


def test_slides_read_in_order_with_hidden_ones_and_notes_apart() -> None:
    show = Presentation()
    for title, body in (("重点任务", "建设托位900个"), ("备用", "旧数80%")):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, body
    table = show.slides[0].shapes.add_table(2, 2, Inches(1), Inches(5), Inches(4), Inches(1)).table
    table.cell(0, 1).text, table.cell(1, 0).text = "单位", "托位"
    show.slides[0].notes_slide.notes_text_frame.text = "讲稿"
    show.slides[1]._element.set("show", "0")
    out = io.BytesIO()
    show.save(out)
    found = read_slides(out.getvalue(), Limits())
    kept = found.text
    for drop in reversed(found.furniture):
        kept = kept[: drop.start] + kept[drop.end :]
    assert kept.splitlines() == ["重点任务", "建设托位900个", " | 单位", "托位 | "]
    assert [one.reason for one in found.furniture] == ["note", "hidden"]


def test_a_translation_memory_gives_its_chinese_side() -> None:
    data = (
        '<?xml version="1.0"?><tmx version="1.4"><body><tu><tuv xml:lang="zh-CN"><seg>政府工作报告</seg></tuv>'
        '<tuv xml:lang="en-US"><seg>REPORT</seg></tuv></tu></body></tmx>'
    )
    assert read_translation_memory(data.encode(), Limits()).text == "政府工作报告\n"


def test_damaged_slides_are_one_sentence() -> None:
    with pytest.raises(ValueError, match="damaged"):
        read_slides(b"PK\x03\x04 nothing", Limits())

"""Places on a page become lines, paragraphs and rows in reading order."""

from __future__ import annotations

from summarizer.source.layout import Page, lay_out
from summarizer.source.pieces import Piece


def _piece(left: float, top: float, text: str, confidence: float | None = None, size: float = 16) -> Piece:
    sure = (confidence,) * len(text) if confidence is not None else ()
    return Piece(left, top, left + size * len(text), top + size, text, sure)


def test_pieces_of_one_line_stand_from_left_to_right() -> None:
    pieces = (_piece(200, 101, "九百个"), _piece(100, 100, "建设托位"), _piece(100, 140, "改造病房"))
    assert lay_out([Page(pieces)]).text == "建设托位 | 九百个\n改造病房\n".replace(
        " | ", " | " if 200 - 164 > 1.6 * 16 else ""
    )


def test_a_letter_spaced_title_is_one_line_without_cells() -> None:
    pieces = (_piece(100, 100, "通"), _piece(200, 100, "知"))
    assert lay_out([Page(pieces)]).text == "通知\n"


def test_a_number_apart_keeps_its_own_confidence_and_place() -> None:
    pieces = (_piece(100, 100, "建设托位", 0.99), _piece(164, 100, "900", 0.7), _piece(212, 100, "个", 0.98))
    laid = lay_out([Page(pieces)])
    assert [(laid.text[one.start : one.end], one.confidence) for one in laid.recognised] == [
        ("建设托位", 0.99),
        ("900", 0.7),
        ("个", 0.98),
    ]


def test_running_heads_of_two_pages_are_furniture() -> None:
    def page(number: int) -> Page:
        head, foot = _piece(100, 20, "某市工作简报"), _piece(300, 800, f"- {number} -")
        return Page(
            (
                head,
                _piece(100, 100, f"内容{number}的第一行"),
                _piece(100, 130, "然后"),
                _piece(100, 160, "末行甲乙"[: 2 + number]),
                foot,
            )
        )

    laid = lay_out([page(1), page(2)])
    assert [(laid.text[one.start : one.end].strip(), one.reason) for one in laid.furniture] == [
        ("某市工作简报", "running_head"),
        ("- 1 -", "page_number"),
        ("某市工作简报", "running_head"),
        ("- 2 -", "page_number"),
    ]


def test_one_line_that_stands_out_sets_no_margin() -> None:
    body = "为贯彻落实全市卫生健康工作会议精神现将重点任务"
    pieces = [_piece(60, 20, "一行特别长的页面信息" * 4)]
    pieces += [_piece(100, 100 + 30 * number, body) for number in range(6)] + [_piece(100, 280, "印发给你们")]
    assert lay_out([Page(tuple(pieces))]).text.splitlines()[1] == body * 6 + "印发给你们"


def test_no_piece_is_lost_and_no_page_is_needed() -> None:
    assert lay_out([]).text == ""
    assert lay_out([Page(())]).text == ""

"""Invented texts in the genre, and strategies that make awkward ones."""

from __future__ import annotations

from hypothesis import strategies as st

from summarizer.source.text import CleanText

FLAT_LIST = (
    "会议要求\uff0c要围绕年度目标抓好落实。"
    "一是健全基层网络。推进乡镇卫生院提标扩能\uff0c新增康复床位320张\uff0c实现县域全覆盖。"
    "二是做强公立医院。深化薪酬改革\uff0c控制次均费用增幅\uff0c让群众看得好病。"
    "三是守牢安全底线。开展隐患排查\uff0c完善应急预案\uff0c严防重大事故发生。"
)

REPORT = (
    "云州市2031年卫生工作要点\n\n"
    "一、工作回顾\n过去一年\uff0c全市卫生系统攻坚克难\uff0c群众健康水平稳步提升。\n"
    "二、重点任务\n"
    "（一）做强县域医疗\n推进胸痛中心建设\uff0c年内建成12个。加强乡村医生培训\uff0c轮训3500人次。\n"
    "（二）守护一老一小\n新增普惠托位8900个。完善安宁疗护网络\uff0c覆盖全部县区。\n"
)

GENRE = st.lists(
    st.sampled_from(
        [
            *"健康服务基层医疗改革推进完善12350.,:;!?/ \n\r\t\u3000。\uff0c；：、！？…“”《》（）一二三是要①—%％e\u0301😀𠮷\u200d",
            "一是",
            "\n二、",
            "（三）",
            "。四要",
            "3.5个百分点",
            "2031年3月18日",
            "<|endoftext|>",
            "\n\n",
            "hello world ",
            "it's ",
        ]
    ),
    max_size=120,
).map("".join)
"""Text out of the pieces on which tokenizers and cuts turn."""

ANY_TEXT = st.one_of(st.text(max_size=200), GENRE)


def whole(text: str) -> CleanText:
    """A clean text of which nothing was dropped."""
    return CleanText(text, ((0, len(text)),) if text else ())

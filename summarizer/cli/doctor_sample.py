"""A text of the kind that is read, for trying an endpoint: written for this, of any length, its tasks counted."""

from __future__ import annotations

from summarizer.language.numerals import chinese_number

__all__ = ["PAGE", "sample"]

PAGE = 900
"""Characters of a printed page of such a text."""

_WORK = (
    ("完善社区食堂布局", "新建社区食堂{n}家，改造提升老旧食堂{m}家，就餐人次增长{p}%以上", "县民政局"),
    ("整治农村道路隐患", "排查急弯陡坡路段{n}处，安装防护栏{m}公里，年内整改率达到9{p}%", "县交通局"),
    ("扩大普惠托位供给", "新增托位{n}个，每千人口托位数达到4.{p}个，公办托位占比不低于{m}%", "县卫生健康局"),
    ("提升图书馆服务", "新建分馆{n}个，购置图书{m}万册，延时开放时间增加{p}小时", "县文化和旅游局"),
    ("推进老旧小区改造", "改造小区{n}个，惠及居民{m}百户，加装电梯{p}部", "县住房城乡建设局"),
    ("加强耕地保护", "建设高标准农田{n}万亩，完成土壤检测点位{m}个，违法占地下降{p}%", "县自然资源局"),
)


def sample(characters: int) -> tuple[str, int]:
    """A notice of about so many characters (at least one task) and the number of its tasks."""
    lines = ["2026年民生实事工作安排", "各有关单位要抓好以下工作，确保年底前全部完成。"]
    tasks = 0
    while tasks < 99 and (tasks == 0 or sum(map(len, lines)) < characters - 60):
        title, work, office = _WORK[tasks % len(_WORK)]
        filled = work.format(n=12 + tasks * 3, m=31 + tasks * 2, p=2 + tasks % 7)
        lines.append(f"（{chinese_number(tasks + 1)}）{title}。{filled}。（{office}牵头，2026年底前完成）")
        tasks += 1
    return "\n".join(lines) + "\n", tasks

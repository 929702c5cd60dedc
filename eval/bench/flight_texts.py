"""Documents for the benchmark of runs: invented readouts of one to three chunks, and the true answer to each chunk."""

from __future__ import annotations

import json
from pathlib import Path

__all__ = ["CHUNK_TOKENS", "answer_to", "write_documents"]

CHUNK_TOKENS = 750
_ORDINALS = "一二三四五六七八九十"
_FIELDS = (
    "基层服务", "医保支付", "托育服务", "医养结合", "区域中心", "公共卫生", "人才队伍", "中医药传承", "药品保障", "数字健康",
)  # fmt: skip
_PLACES = ("云溪", "临川", "定河", "青浦岭", "南屏", "白石")


def _item(number: int, field: str, place: str, serial: int) -> dict[str, object]:
    marker = f"{_ORDINALS[number]}是"
    beds, rate = 100 + 7 * serial % 900 + number, 60 + (serial + number) % 35
    measures = [
        f"支持{field}机构新增床位{beds}张",
        f"重点人群{field}覆盖率达到{rate}%以上",
        f"健全{field}工作机制和考核办法",
    ]
    title = f"加强{field}能力建设"
    text = f"{marker}{title}。{'，'.join(measures)}，由{place}市卫生健康委牵头，各区县配合落实，"
    text += "坚持问题导向和目标导向相结合，围绕群众反映的突出问题逐项制定措施、明确责任、限期整改，"
    text += "建立月调度、季通报、年考核制度，把工作成效作为评先评优的重要依据，对进展缓慢的县区进行约谈提醒。"
    return {
        "marker": marker,
        "title": title,
        "measures": measures,
        "text": text,
        "beds": beds,
        "rate": rate,
        "field": field,
    }


def _part(serial: int, part: int) -> list[dict[str, object]]:
    place = _PLACES[serial % len(_PLACES)]
    return [_item(number, _FIELDS[(serial + 3 * part + number) % 10], place, serial + part) for number in range(5)]


def write_documents(folder: Path, documents: int, requests: int) -> None:
    """Write the documents into ``folder/texts``, one to three chunks each so that they come to ``requests``."""
    texts = folder / "texts"
    texts.mkdir()
    chunks = [1 + (requests - documents) // documents] * documents
    for number in range(requests - sum(chunks)):
        chunks[number] += 1
    for serial in range(documents):
        place = _PLACES[serial % len(_PLACES)]
        count = chunks[(serial * 7) % documents] if documents % 7 else chunks[serial]
        head = f"2026年{place}市卫生健康工作第{serial + 1}次会议召开，部署2026年重点任务。\n"
        body = "".join("\n".join(str(item["text"]) for item in _part(serial, part)) + "\n" for part in range(count))
        (texts / f"{serial:04}.txt").write_text(head + body, encoding="utf-8")


def answer_to(text: str) -> str:
    """The true answer to a chunk: every item whose text stands in it."""
    tasks, indicators = [], []
    for line in text.splitlines():
        if "。支持" not in line or line[1] != "是" or line[0] not in _ORDINALS:
            continue
        title, _, rest = line[2:].partition("。")
        first, second, third, *_ = rest.split("，")
        tasks.append(
            {
                "ordinal": _ORDINALS.index(line[0]) + 1, "marker": line[:2], "kind": "task", "title": title,
                "first": line[:14], "last": line[-12:], "measures": [first, second, third],
                "lead": [], "support": [], "deadline": None,
            }
        )  # fmt: skip
        beds = first[first.index("床位") + 2 :]
        rate = second[second.index("达到") + 2 : -2]
        shared = {"status": "target", "period": "2026年", "base": None, "nature": None}
        indicators.append({"name": first[2 : -len(beds)], "quote": first, "raw": beds, "op": "eq"} | shared)
        indicators.append({"name": second[: second.index("达到")], "quote": second, "raw": rate, "op": "ge"} | shared)
    return json.dumps({"tasks": tasks, "indicators": indicators, "instructions_in_text": []}, ensure_ascii=False)

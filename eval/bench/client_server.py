"""The benchmark's endpoint, a process of its own: every request gets the same good answer after a fixed time.

python eval/bench/client_server.py SECONDS      prints its base URL, runs until it is killed
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from server import ModelServer, completion

ANSWER = {
    "tasks": [
        {"title": title, "quote": f"{title}，健全工作机制，压实各方责任，确保各项举措落到实处。", "ordinal": number}
        for number, title in enumerate(
            ["强化基层能力", "深化支付改革", "完善托育服务", "推进医养结合", "建设区域中心"], 1
        )
    ]
}


async def _serve(seconds: float) -> None:
    reply = completion(json.dumps(ANSWER, ensure_ascii=False), usage=(900, 260), delay=seconds)
    async with ModelServer(lambda _number, _body: reply, keep=False) as server:
        print(server.base_url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))

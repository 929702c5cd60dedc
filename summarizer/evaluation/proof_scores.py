"""What the proof lets through: a rule of proof is judged by the true items that it keeps and the false ones that it keeps."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.evaluation.counts import Share
from summarizer.schema import Item, ItemStanding, Model

__all__ = ["ProofScore"]


class ProofScore(Model):
    """Counts of one document's items of one sort.

    ``true``: right items that stand as proven, of the right ones that came out. ``false``: false alarms and wrong values that
    stand as proven, of those that came out. ``checked``: items that a person is asked to look at, of all of these.
    """

    true: Share = Share()
    false: Share = Share()
    checked: Share = Share()

    def __add__(self, other: ProofScore) -> ProofScore:
        return ProofScore(
            true=self.true + other.true, false=self.false + other.false, checked=self.checked + other.checked
        )

    @classmethod
    def of(cls, right: Iterable[Item], wrong: Iterable[Item]) -> ProofScore:
        """Count by standing; what counts neither way is in neither."""
        true = Share.of(item.standing is ItemStanding.PROVEN for item in right)
        false = Share.of(item.standing is ItemStanding.PROVEN for item in wrong)
        came_out = true + false
        return cls(true=true, false=false, checked=Share(right=came_out.n - came_out.right, n=came_out.n))

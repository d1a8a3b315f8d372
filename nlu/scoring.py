"""Compares what the reader says with labelled messages: rows, urgent, multi, slots."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from nlu.understanding import Decision, Understanding

Label = dict[str, Any]
Pair = tuple[Label, Understanding]
Figures = dict[str, float | int]


def score(kind: str, pairs: Sequence[Pair]) -> Figures:
    """The figures (percent) of one file; `kind` is the first part of its name. Empty for an unknown kind."""
    for name, scorer in _SCORERS.items():
        if kind.startswith(name):
            return scorer(pairs)
    return {}


def wrong(kind: str, label: Label, read: Understanding) -> str:
    """What is wrong with one answer, in codes; empty where it is right."""
    if kind.startswith("rows"):
        if label["act"] != read.act:
            return f"act {label['act']} → {read.act}"
        wanted = _wanted(label)
        return (
            f"{label['item']} → {read.ranking[0].item}"
            if label["item"] and read.ranking[0].item not in wanted
            else ""
        )
    if kind.startswith("urgent"):
        return (
            ""
            if label["urgent"] == read.urgent
            else ("missed emergency" if label["urgent"] else "false alarm")
        )
    if kind.startswith("multi"):
        found = sorted(n.item for n in read.needs)
        return "" if found == sorted(label["items"]) else f"{label['items']} → {found}"
    wanted_slots, told = flat(label.get("slots") or {}), flat_details(read)
    return " ".join(f"{k}: {wanted_slots[k]} → {told[k]}" for k in told if wanted_slots[k] != told[k])


def flat(slots: dict[str, Any]) -> dict[str, str]:
    """Labelled details as one level of texts."""
    address, time = slots.get("address") or {}, slots.get("time") or {}
    return {
        "phone": slots.get("phone") or "",
        **{part: address.get(part) or "" for part in ("compound", "building", "unit", "room")},
        "time": time.get("start") or "",
        "recipient": slots.get("recipient") or "",
        "age": str(slots.get("age") or ""),
    }


def flat_details(read: Understanding) -> dict[str, str]:
    """The details that were read, as one level of texts."""
    told = read.details
    return {
        "phone": told.phone,
        "compound": told.compound,
        "building": told.building,
        "unit": told.unit,
        "room": told.room,
        "time": told.time.start if told.time else "",
        "recipient": told.recipient,
        "age": str(told.age or ""),
    }


def _wanted(label: Label) -> set[str]:
    return {label["item"], *label.get("also", [])}


def _percent(parts: Sequence[bool]) -> float:
    return round(100 * sum(parts) / len(parts), 1) if parts else float("nan")


def _rows(pairs: Sequence[Pair]) -> Figures:
    requests = [(label, read) for label, read in pairs if label["act"] == "request"]
    others = [(label, read) for label, read in pairs if label["act"] != "request"]
    figures: Figures = {"messages": len(pairs)}
    if requests:
        by_item: dict[str, list[bool]] = defaultdict(list)
        for label, read in requests:
            by_item[label["item"]].append(read.ranking[0].item in _wanted(label))
        filed = [(label, read) for label, read in requests if read.decision is Decision.FILE]
        figures |= {
            "top1": _percent([r.ranking[0].item in _wanted(g) for g, r in requests]),
            "top3": _percent([any(x.item in _wanted(g) for x in r.ranking[:3]) for g, r in requests]),
            "macro recall": round(sum(_percent(hits) for hits in by_item.values()) / len(by_item), 1),
            "request recognised": _percent([r.act == "request" for _, r in requests]),
            "filed": _percent([r.decision is Decision.FILE for _, r in requests]),
            "filed right": _percent([r.needs[0].item in _wanted(g) for g, r in filed]),
        }
    if others:
        figures |= {
            "act of others": _percent([r.act == g["act"] for g, r in others]),
            "wrongly filed": _percent([r.decision is Decision.FILE for _, r in others]),
        }
    return figures


def _urgent(pairs: Sequence[Pair]) -> Figures:
    real = [(g, r) for g, r in pairs if g["urgent"]]
    return {
        "messages": len(pairs),
        "recall": _percent([r.urgent for _, r in real]),
        "false alarms": _percent([r.urgent for g, r in pairs if not g["urgent"]]),
        "hotlines complete": _percent([set(r.hotlines) >= set(g["hotline"].split("|")) for g, r in real]),
    }


def _multi(pairs: Sequence[Pair]) -> Figures:
    exact = [Counter(g["items"]) == Counter(n.item for n in r.needs) for g, r in pairs]
    return {"messages": len(pairs), "exact": _percent(exact)}


def _slots(pairs: Sequence[Pair]) -> Figures:
    right: list[bool] = []
    invented = 0
    for label, read in pairs:
        wanted, told = flat(label["slots"]), flat_details(read)
        right += [told[k] == wanted[k] for k in wanted if wanted[k]]
        invented += sum(bool(told[k]) for k in wanted if not wanted[k])
    return {"messages": len(pairs), "fields": len(right), "right": _percent(right), "invented": invented}


_SCORERS: dict[str, Callable[[Sequence[Pair]], Figures]] = {
    "rows": _rows,
    "urgent": _urgent,
    "multi": _multi,
    "slots": _slots,
}

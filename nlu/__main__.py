"""The reader's command line: train, parse, evaluate, explain."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nlu.understanding import Understanding


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 1 where data or model are wrong, and the reason is one clear line."""
    from nlu.corpus import CorpusError
    from nlu.model import ModelError

    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (CorpusError, ModelError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlu", description=__doc__)
    commands = parser.add_subparsers(required=True)
    train = commands.add_parser("train", help="train the model anew")
    train.add_argument("--model", type=Path)
    train.set_defaults(run=_train)
    parse = commands.add_parser("parse", help="read messages, one JSON object a line")
    parse.add_argument("--jsonl", action="store_true", required=True)
    parse.add_argument("--now", type=datetime.fromisoformat)
    parse.add_argument("--model", type=Path)
    parse.set_defaults(run=_parse)
    evaluate = commands.add_parser("evaluate", help="measure on held-out messages and by held-out voices")
    evaluate.add_argument("--held-out", type=Path, default=Path("tests/data/held_out"))
    evaluate.add_argument("--model", type=Path)
    evaluate.add_argument("--no-folds", action="store_true")
    evaluate.set_defaults(run=_evaluate)
    explain = commands.add_parser("explain", help="say what decided")
    explain.add_argument("text")
    explain.add_argument("--model", type=Path)
    explain.set_defaults(run=_explain)
    return parser


def _train(options: argparse.Namespace) -> int:
    from nlu.progress import progress_bar
    from nlu.training import model_folder, train

    folder = options.model or model_folder()
    with progress_bar() as progress:
        model = train(folder, progress=progress)
    print(f"阅读器已训练好：{len(model.items)} 项服务、{len(model.acts)} 种说话，放在 {folder}")
    return 0


def _parse(options: argparse.Namespace) -> int:
    from nlu.reader import Reader

    reader = Reader.load(options.model)
    now = options.now or datetime.now().astimezone()
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in sys.stdin:
        if line.strip():
            asked = json.loads(line)
            answer = {"id": asked["id"], **as_json(reader.understand(asked["text"], now))}
            print(json.dumps(answer, ensure_ascii=False), flush=False)
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from nlu import evaluation

    evaluation.show(options.held_out, options.model, folds=not options.no_folds)
    return 0


def _explain(options: argparse.Namespace) -> int:
    from nlu.reader import Reader

    reader = Reader.load(options.model)
    read = reader.understand(options.text, datetime.now().astimezone())
    print(json.dumps(as_json(read), ensure_ascii=False, indent=1))
    print("\n".join(read.why))
    for intent, spoke in reader.explain(options.text):
        print(f"{intent}: " + " ".join(f"{feature}{weight:+.2f}" for feature, weight in spoke))
    limits = reader.thresholds
    print(f"file_request={limits.file_request} file_item={limits.file_item} file_lead={limits.file_lead}")
    return 0


def as_json(read: Understanding) -> dict[str, Any]:
    """The answer of `parse` for one message, without its id."""
    told = read.details
    slots: dict[str, Any] = {
        "phone": told.phone,
        "address": {
            "compound": told.compound,
            "building": told.building,
            "unit": told.unit,
            "room": told.room,
        },
        "recipient": told.recipient,
        "age": told.age,
    }
    if told.time:
        slots["time"] = {"expr": told.time.expr, "start": told.time.start}
    return {
        "act": read.act,
        "act_confidence": read.act_confidence,
        "needs": [{"item": n.item, "confidence": n.confidence, "text": n.text} for n in read.needs],
        "ranking": [{"item": r.item, "confidence": r.confidence} for r in read.ranking],
        "decision": read.decision.value,
        "urgent": read.urgent,
        "hotlines": list(read.hotlines),
        "slots": slots,
    }


if __name__ == "__main__":
    sys.exit(main())

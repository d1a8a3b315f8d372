"""Rasa's side of `bench/reader.py --rasa`: trains DIET and reads messages; runs in Rasa's own Python 3.10.

usage: python bench/rasa/diet.py train CONFIG.yml NLU.yml FOLDER
       python bench/rasa/diet.py read FOLDER ROWS.jsonl STARTED      (STARTED: time.time() before the start)

The last line printed is JSON: {"training": s} or {"cold": s, "memory": MB, "times": [ms], "labels": […]}.
"""

import asyncio
import json
import os
import sys
import time
from pathlib import Path


def train(config: str, messages: str, folder: str) -> dict:
    """Train the pipeline of the config; seconds, without Python's own start."""
    import rasa.model_training

    started = time.perf_counter()
    rasa.model_training.train_nlu(config, messages, folder, fixed_model_name="diet")
    return {"training": round(time.perf_counter() - started, 1)}


async def read(folder: str, texts: list, started: str) -> dict:
    """Read every text; the first answer ends the cold start."""
    from rasa.core.agent import load_agent

    agent = await load_agent(str(Path(folder) / "diet.tar.gz"))
    await agent.parse_message(texts[0])
    cold = time.time() - float(started)
    times, labels = [], []
    for text in texts:
        before = time.perf_counter()
        found = await agent.parse_message(text)
        times.append((time.perf_counter() - before) * 1000)
        # The fallback only repeats that the best intent is not sure.
        ranked = [one["name"] for one in found["intent_ranking"] if one["name"] != "nlu_fallback"]
        labels.append(ranked[0] if ranked else "")
    return {"cold": cold, "memory": resident(), "times": times, "labels": labels}


def resident() -> int:
    """Megabytes (2**20) of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    command, *arguments = sys.argv[1:]
    if command == "train":
        result = train(*arguments)
    else:
        model, rows, begun = arguments
        lines = Path(rows).read_text(encoding="utf-8").splitlines()
        result = asyncio.run(read(model, [json.loads(line)["text"] for line in lines], begun))
    print(json.dumps(result))

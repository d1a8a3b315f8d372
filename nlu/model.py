"""The trained model: one matrix that scores intents, urgency and hotlines of a message, in NumPy alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu import vectors
from nlu.features import WORD, Found
from nlu.words import Words

CODE_VERSION = "4"
"""Raise it when features or training change, so that older models are trained anew."""

ARRAYS, HEADER = "model.npz", "model.json"
URGENT = "urgent"
HOTLINES = ("120", "119", "110", "12356")
Floats = NDArray[np.float32]
Rows = tuple[NDArray[np.intp], ...]


class ModelError(Exception):
    """A model cannot be used: it is missing, damaged, or was trained from other data."""


@dataclass(frozen=True)
class Scores:
    """What the matrix says: `intents` as probabilities (0..1, summing to 1), the others as log-odds."""

    intents: Floats
    urgent: float
    hotlines: dict[str, float]


@dataclass(frozen=True)
class Model:
    """Weights with their vocabulary: features × columns, and `meaning`, pooled vectors × columns.

    Columns: intents, urgent, hotlines. `words` is the dictionary by which the messages were cut. `alike` says
    how near two items are to each other (-1..1), `needs` weighs whether another need is told (last: bias).
    """

    data: str
    items: tuple[str, ...]
    acts: tuple[str, ...]
    temperature: float
    features: tuple[str, ...]
    idf: Floats
    weights: NDArray[np.float16]
    meaning: Floats
    bias: Floats
    words: Words
    alike: Floats
    needs: Floats

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each feature."""
        return {feature: row for row, feature in enumerate(self.features)}

    @property
    def intents(self) -> tuple[str, ...]:
        """The names of the intent columns, items first."""
        return self.items + self.acts

    def columns(self, found: Found, rows: Rows | None = None) -> Floats:
        """Raw scores of one message; each block of features is weighted to length one, as in training."""
        total = self.bias + self.pooled(found.bare) @ self.meaning
        for block in rows or self.look_up(found):
            places, values = self._weigh(block)
            if len(places):
                total += values @ self.weights[places].astype(np.float32)
        return np.asarray(total, dtype=np.float32)

    def pooled(self, words: Sequence[str]) -> Floats:
        """The meaning of the words as one row; rarer words count more, unknown ones most."""
        return vectors.pool(words, self.weigh(words))

    def weigh(self, words: Sequence[str]) -> list[float]:
        """How much each word counts."""
        rows, rarest, idf = self.rows, self.rarest, self.idf
        return [rarest if (row := rows.get(WORD + w)) is None else float(idf[row]) for w in words]

    def look_up(self, found: Found) -> Rows:
        """The rows of the features of both blocks, in order; -1 where training did not see one."""
        known = self.rows
        return tuple(
            np.array([known.get(feature, -1) for feature in block], dtype=np.intp)
            for block in (found.characters, found.words)
        )

    @cached_property
    def rarest(self) -> float:
        """The weight of a word that training did not see."""
        return float(self.idf.max(initial=1.0))

    def score(self, found: Found, boosts: dict[str, float] | None = None, rows: Rows | None = None) -> Scores:
        """Probabilities of the intents after `boosts` (log-odds by intent), and log-odds of urgency.

        `rows` are those of `found`, where they have been looked up.
        """
        raw = self.columns(found, rows)
        many = len(self.intents)
        logits = raw[:many] * self.temperature
        for intent, boost in (boosts or {}).items():
            logits[self.place[intent]] += boost
        chances = np.exp(logits - logits.max())
        return Scores(
            intents=chances / chances.sum(),
            urgent=float(raw[many]),
            hotlines=dict(zip(HOTLINES, map(float, raw[many + 1 :]), strict=True)),
        )

    @cached_property
    def place(self) -> dict[str, int]:
        """The column of each intent."""
        return {intent: column for column, intent in enumerate(self.intents)}

    def contributions(self, found: Found) -> tuple[list[str], Floats]:
        """The features of one message that training knew, and what each adds to each column."""
        names: list[str] = []
        parts = [np.zeros((0, len(self.bias)), dtype=np.float32)]
        for block in self.look_up(found):
            places, values = self._weigh(block)
            names += [self.features[row] for row in places]
            parts.append(values[:, None] * self.weights[places].astype(np.float32))
        return names, np.concatenate(parts)

    def _weigh(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], Floats]:
        """Each known row once, and its weight; together of length one."""
        places, counts = np.unique(rows[rows >= 0], return_counts=True)
        values = (1 + np.log(counts)).astype(np.float32) * self.idf[places]
        length = float(np.sqrt(values @ values))
        return places, values / length if length else values

    def save(self, folder: Path) -> None:
        """Write the model; readers see the old one or the new one, never half."""
        folder.mkdir(parents=True, exist_ok=True)
        header = {
            "code": CODE_VERSION,
            "data": self.data,
            "items": self.items,
            "acts": self.acts,
            "temperature": self.temperature,
            "features": self.features,
        }
        arrays = folder / f"{ARRAYS}.new"
        with arrays.open("wb") as file:
            np.savez(
                file,
                idf=self.idf,
                weights=self.weights,
                meaning=self.meaning,
                bias=self.bias,
                alike=self.alike,
                needs=self.needs,
                word_tags=self.words.tags,
                word_places=self.words.places,
                word_weights=self.words.weights,
                word_unknown=self.words.unknown,
            )
        text = folder / f"{HEADER}.new"
        text.write_text(json.dumps(header, ensure_ascii=False), encoding="utf-8")
        arrays.replace(folder / ARRAYS)
        text.replace(folder / HEADER)

    @staticmethod
    def load(folder: Path) -> Model:
        """Read a model. Raises ModelError in words where it is missing, damaged or of another version."""
        try:
            header: dict[str, Any] = json.loads((folder / HEADER).read_text(encoding="utf-8"))
            if header["code"] != CODE_VERSION:
                raise ModelError(f"the model in {folder} was made by other code; train it anew")
            with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
                model = Model(
                    data=str(header["data"]),
                    items=tuple(header["items"]),
                    acts=tuple(header["acts"]),
                    temperature=float(header["temperature"]),
                    features=tuple(header["features"]),
                    idf=arrays["idf"],
                    weights=arrays["weights"],
                    meaning=arrays["meaning"],
                    bias=arrays["bias"],
                    alike=arrays["alike"],
                    needs=arrays["needs"],
                    words=Words(
                        tags=arrays["word_tags"],
                        places=arrays["word_places"],
                        weights=arrays["word_weights"],
                        unknown=float(arrays["word_unknown"]),
                    ),
                )
        except ModelError:
            raise
        except FileNotFoundError as error:
            raise ModelError(f"no model in {folder}") from error
        except Exception as error:
            raise ModelError(f"the model in {folder} is damaged: {type(error).__name__}") from error
        wanted = (len(model.features), len(model.intents) + 1 + len(HOTLINES))
        meant = (vectors.POOLED, wanted[1])
        if (
            model.weights.shape != wanted
            or model.meaning.shape != meant
            or model.idf.shape != wanted[:1]
            or model.bias.shape != wanted[1:]
            or model.words.tags.shape != model.words.places.shape
        ):
            raise ModelError(f"the model in {folder} is damaged: its parts do not fit together")
        return model

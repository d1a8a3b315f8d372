"""What training learns of messages with several needs, and of messages that only seem to have them."""

from __future__ import annotations

import numpy as np

from nlu import corpus, needs, reading, training_needs
from nlu.corpus import AND
from nlu.normalise import normalise
from nlu.reader import Reader


def test_without_messages_of_several_needs_every_message_has_one(reader: Reader) -> None:
    weights = training_needs.fit((), reader.model, (), ())
    assert weights.shape == (needs.FEATURES + 1,)
    assert not weights[:-1].any()
    assert weights[-1] < -10


def test_what_is_weighed_is_as_long_as_the_weights(reader: Reader) -> None:
    told = reading.read(reader.model, (), normalise("马桶堵了,顺便楼道灯也不亮"))
    found = needs.candidates(told)
    assert found
    assert {len(c.features) for c in found} == {needs.FEATURES}
    assert reader.model.needs.shape == (needs.FEATURES + 1,)


def test_more_needs_are_heard_where_more_are_told(reader: Reader) -> None:
    several = corpus.load().needs
    heard: dict[int, list[int]] = {1: [], 2: [], 3: []}
    for example in several[::5]:
        told = reading.read(reader.model, (), normalise(example.text))
        parts = needs.split(told, reader.thresholds.another_need)
        heard[len(example.label.split(AND))].append(max(1, len(parts)))
    one, two, three = (float(np.mean(heard[n])) for n in (1, 2, 3))
    assert one < 1.3
    assert two > one + 0.4
    assert three > two + 0.4

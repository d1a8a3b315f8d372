"""Our actions behind rasa-sdk's own action server, so that a Rasa installation can drive the dialogue."""

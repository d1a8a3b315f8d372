"""The free-text dialogue: rasa-sdk actions and forms, run in process, driven by a policy of our own."""

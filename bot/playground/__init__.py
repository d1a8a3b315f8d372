"""A Bot-API server on loopback with a page of three phones, for trying the bot and for black-box tests."""

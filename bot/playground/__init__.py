"""A Bot-API server on loopback with a page of three phones, for trying the bot and for black-box tests."""

from bot.playground.server import Playground

__all__ = ["Playground"]

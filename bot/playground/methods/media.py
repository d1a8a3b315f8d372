"""Photos and all other files, albums of them; fetching files."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from bot.playground.calls import Call
from bot.playground.contents import CAPTIONED, file_content, photo_part
from bot.playground.errors import ApiError, Json, bad_request
from bot.playground.files import DOWNLOAD_LIMIT, PHOTO_LIMIT, StoredFile, image_size
from bot.playground.keyboards import checked_markup
from bot.playground.methods.sending import caption_content, deliver, replied
from bot.playground.world import World


def taken_file(world: World, call: Call, value: object) -> StoredFile:
    """The file that a parameter names: an upload or an id known before. Raises ApiError."""
    name = str(value or "")
    if name.startswith("attach://"):
        upload = call.uploads.get(name.removeprefix("attach://"))
        if upload is None:
            raise bad_request("there is no file with the specified name in the request")
        if not upload.content:
            raise bad_request("file must be non-empty")
        mime = None if upload.mime == "application/octet-stream" else upload.mime
        return world.files.add(upload.name, upload.content, mime)
    if name.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.get(name)
    if stored is None:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    return stored


def photo_content(world: World, stored: StoredFile) -> Json:
    """A `photo` message part. Raises ApiError when the file is no picture."""
    if stored.size > PHOTO_LIMIT:
        raise bad_request(
            f"file of size {stored.size} bytes is too big for a photo; "
            f"the maximum size is {PHOTO_LIMIT} bytes"
        )
    size = image_size(world.files.content(stored))
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10000 or not width or not height or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return photo_part(stored, size)


def send_photo(world: World, call: Call) -> Json:
    world.reachable(call.chat_id)
    content = photo_content(world, taken_file(world, call, call.params["photo"]))
    return deliver(world, call, content | caption_content(call))


def _sender(kind: str) -> Callable[[World, Call], Json]:
    """The method that sends one file of this kind."""

    def send(world: World, call: Call) -> Json:
        world.reachable(call.chat_id)
        stored = taken_file(world, call, call.params[kind])
        caption = caption_content(call) if kind in CAPTIONED else {}
        return deliver(world, call, file_content(kind, stored, call.params) | caption)

    return send


def send_media_group(world: World, call: Call) -> list[Json]:
    world.reachable(call.chat_id)
    media: list[Json] = call.params["media"]
    if not 2 <= len(media) <= 10:
        raise bad_request("wrong number of media in the album: 2-10 expected")
    checked_markup(call.get("reply_markup"))
    contents = [album_part(world, call, one) for one in media]
    _check_mix({next(iter(content)) for content in contents})
    group, reply_to = str(secrets.randbits(53)), replied(world, call)
    return [
        world.post(call.chat_id, {**content, "media_group_id": group}, sender=None, reply_to=reply_to).message
        for content in contents
    ]


def _check_mix(kinds: set[str]) -> None:
    for kind in ("audio", "document"):
        if kind in kinds and len(kinds) > 1:
            raise bad_request(f"{kind} can't be mixed with other media types")


def album_part(world: World, call: Call, one: Json) -> Json:
    """The content of one InputMedia. Raises ApiError."""
    kind = str(one.get("type"))
    if kind not in ("photo", "video", "audio", "document"):
        raise bad_request(f"can't parse InputMedia: type {kind} is not available in the playground")
    stored = taken_file(world, call, one.get("media"))
    content = photo_content(world, stored) if kind == "photo" else file_content(kind, stored, one)
    return content | caption_content(call, one)


def get_file(world: World, call: Call) -> Json:
    stored = world.files.get(str(call.params["file_id"]))
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > DOWNLOAD_LIMIT:
        raise ApiError(400, "Bad Request: file is too big")
    return {**stored.wire(), "file_path": stored.path}


METHODS = {
    "sendPhoto": send_photo,
    "sendDocument": _sender("document"),
    "sendVideo": _sender("video"),
    "sendAudio": _sender("audio"),
    "sendVoice": _sender("voice"),
    "sendVideoNote": _sender("video_note"),
    "sendSticker": _sender("sticker"),
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}

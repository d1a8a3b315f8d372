"""Photos, documents, voice notes, stickers and albums; fetching files."""

from __future__ import annotations

import secrets

from bot.playground.calls import Call
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
    return {"photo": [{**stored.wire(), "width": width, "height": height}]}


def document_content(stored: StoredFile) -> Json:
    return {"document": {**stored.wire(), "file_name": stored.name, "mime_type": stored.mime}}


def voice_content(stored: StoredFile, duration: int) -> Json:
    return {"voice": {**stored.wire(), "duration": duration, "mime_type": stored.mime}}


def sticker_content(stored: StoredFile, emoji: str) -> Json:
    shape = {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False}
    return {"sticker": {**stored.wire(), **shape, "emoji": emoji}}


def send_photo(world: World, call: Call) -> Json:
    world.reachable(call.chat_id)
    content = photo_content(world, taken_file(world, call, call.params["photo"]))
    return deliver(world, call, content | caption_content(call))


def send_document(world: World, call: Call) -> Json:
    world.reachable(call.chat_id)
    content = document_content(taken_file(world, call, call.params["document"]))
    return deliver(world, call, content | caption_content(call))


def send_voice(world: World, call: Call) -> Json:
    world.reachable(call.chat_id)
    stored = taken_file(world, call, call.params["voice"])
    content = voice_content(stored, int(call.get("duration", 0)))
    return deliver(world, call, content | caption_content(call))


def send_sticker(world: World, call: Call) -> Json:
    world.reachable(call.chat_id)
    stored = taken_file(world, call, call.params["sticker"])
    return deliver(world, call, sticker_content(stored, str(call.get("emoji", "🙂"))))


def send_media_group(world: World, call: Call) -> list[Json]:
    world.reachable(call.chat_id)
    media: list[Json] = call.params["media"]
    if not 2 <= len(media) <= 10:
        raise bad_request("wrong number of media in the album: 2-10 expected")
    checked_markup(call.get("reply_markup"))
    contents = [_album_part(world, call, one) for one in media]
    if len({next(iter(content)) for content in contents}) > 1:
        raise bad_request("document can't be mixed with other media types")
    group, reply_to = str(secrets.randbits(53)), replied(world, call)
    return [
        world.post(call.chat_id, {**content, "media_group_id": group}, sender=None, reply_to=reply_to).message
        for content in contents
    ]


def _album_part(world: World, call: Call, one: Json) -> Json:
    kind = one.get("type")
    if kind not in ("photo", "document"):
        raise bad_request(f"can't parse InputMedia: type {kind} is not available in the playground")
    stored = taken_file(world, call, one.get("media"))
    content = photo_content(world, stored) if kind == "photo" else document_content(stored)
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
    "sendDocument": send_document,
    "sendVoice": send_voice,
    "sendSticker": send_sticker,
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}

// Pictures, films, sounds, files, places and telephone numbers inside a bubble.

import {fileUrl} from "./api.js";
import {h, sizeOf} from "./dom.js";
import {icon} from "./icons.js";

function sound(title, file, label) {
  return h("div.voice", {"data-testid": "sound"}, h("span", {}, icon("voice"), title),
    h("audio", {controls: true, preload: "none", src: fileUrl(file.file_id), "aria-label": label}));
}

function film(file) {
  return h("video.film", {controls: true, preload: "metadata", playsinline: true, src: fileUrl(file.file_id), "aria-label": "视频", "data-testid": "film"});
}

const RENDER = {
  photo(message, context, inAlbum) {
    const best = message.photo.at(-1);
    const picture = h("img", {src: fileUrl(best.file_id), alt: message.caption ?? "照片"});
    if (!inAlbum) {
      picture.style.aspectRatio = `${best.width} / ${best.height}`;
      picture.style.width = `${Math.max(96, Math.min(best.width, 300, 280 * best.width / best.height))}px`;
    }
    return h("button.photo", {type: "button", "aria-label": "看大图", "data-testid": "photo", onclick: () => context.onPhoto(picture)}, picture);
  },
  video: (message) => film(message.video),
  video_note: (message) => film(message.video_note),
  document: (message) => h("a.card.file", {
    href: fileUrl(message.document.file_id), download: message.document.file_name, "data-testid": "document",
  }, h("span.sign", {}, icon("file")), h("span", {}, h("b", {}, message.document.file_name),
    h("small", {}, `${sizeOf(message.document.file_size)} · 点这里下载`))),
  voice: (message) => sound(`语音 ${message.voice.duration} 秒`, message.voice, "语音"),
  audio: (message) => sound(message.audio.file_name ?? "录音", message.audio, "录音"),
  sticker: (message) => h("div.sticker", {role: "img", "aria-label": `表情 ${message.sticker.emoji}`}, message.sticker.emoji),
  location: (message) => h("div.card", {"data-testid": "location"}, h("span.sign.place", {}, icon("place")), h("span", {}, h("b", {}, "位置"),
    h("small", {}, `北纬 ${message.location.latitude.toFixed(4)}，东经 ${message.location.longitude.toFixed(4)}`))),
  contact: (message) => h("a.card.call", {href: `tel:${message.contact.phone_number}`, "data-testid": "contact"},
    h("span.sign", {}, icon("phone")), h("span", {}, h("b", {}, message.contact.first_name),
      h("span.number", {}, message.contact.phone_number), h("small", {}, "点这里拨打"))),
};

/** The nodes for what a message holds besides words; of an album, all its parts together. */
export function media(messages, context) {
  const kinds = Object.keys(RENDER);
  const inAlbum = messages.length > 1;
  const nodes = messages.flatMap((message) => kinds.filter((kind) => message[kind]).map((kind) => RENDER[kind](message, context, inAlbum)));
  const visual = inAlbum && messages.every((message) => message.photo || message.video);
  return visual ? [h("div.album", {role: "group", "aria-label": `一共 ${messages.length} 张`, "data-testid": "album"}, ...nodes)] : nodes;
}

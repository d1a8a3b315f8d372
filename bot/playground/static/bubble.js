// One message as a list item: text, media, keyboard, time.

import {fileUrl} from "./api.js";
import {h, sizeOf, timeOf} from "./dom.js";
import {icon} from "./icons.js";
import {richText} from "./richtext.js";

/**
 * context: {me, botName, waiting(entry), onPress(entry, button, node), onCommand, onDeepLink, onPhoto}
 */
export function bubble(entry, context) {
  const message = entry.message;
  const own = message.from.id === context.me;
  const side = own ? "own" : entry.by_bot ? "bot" : "other";
  const item = h(`li.message.${side}`, {
    "data-testid": "message", "data-message-id": message.message_id, "data-from": side,
  });
  if (message.media_group_id) item.dataset.album = message.media_group_id;
  item.append(avatar(message.from, entry.by_bot), h("div.stack", {},
    h("div.bubble", {}, ...content(entry, context, side), foot(entry, context, own)),
    inlineKeyboard(entry, context)));
  return item;
}

function avatar(from, isBot) {
  const face = isBot ? h("img", {src: "/static/icon.svg", alt: ""}) : from.first_name.slice(0, 1);
  return h("span.avatar", {"aria-hidden": "true"}, face);
}

function content(entry, context, side) {
  const message = entry.message;
  const origin = message.forward_origin;
  const parts = [h("span.speaker", {class: `speaker ${side === "other" ? "" : "quiet"}`}, `${message.from.first_name}：`)];
  if (origin) parts.push(h("p.forwarded", {}, `转发自 ${origin.sender_user_name ?? origin.sender_user?.first_name ?? "别处"}`));
  if (message.reply_to_message) parts.push(quote(message.reply_to_message));
  for (const [kind, render] of Object.entries(MEDIA)) if (message[kind]) parts.push(render(message, context));
  const text = message.text ?? message.caption;
  if (text) parts.push(h("div.text", {"data-testid": "message-text"}, richText(text, message.entities ?? message.caption_entities, context)));
  if (message.new_chat_members) parts.push(h("p", {}, "加入了群"));
  return parts;
}

function quote(replied) {
  const words = replied.text ?? replied.caption ?? "［附件］";
  return h("p.quote", {}, h("b", {}, replied.from.first_name), ` ${words.slice(0, 60)}`);
}

const MEDIA = {
  photo(message, context) {
    const best = message.photo.at(-1);
    const picture = h("img", {
      src: fileUrl(best.file_id), alt: message.caption ?? "照片",
    });
    picture.style.aspectRatio = `${best.width} / ${best.height}`;
    picture.style.width = `${Math.max(96, Math.min(best.width, 300, 280 * best.width / best.height))}px`;
    return h("button.photo", {type: "button", "aria-label": "看大图", onclick: () => context.onPhoto(picture)}, picture);
  },
  document: (message) => h("a.card.file", {
    href: fileUrl(message.document.file_id), download: message.document.file_name, "data-testid": "document",
  }, h("span.sign", {}, icon("file")), h("span", {}, h("b", {}, message.document.file_name),
    h("small", {}, `${sizeOf(message.document.file_size)} · 点这里下载`))),
  voice: (message) => h("div.voice", {}, h("span", {}, icon("voice"), `语音 ${message.voice.duration} 秒`),
    h("audio", {controls: true, preload: "none", src: fileUrl(message.voice.file_id), "aria-label": "语音"})),
  sticker: (message) => h("div.sticker", {role: "img", "aria-label": `表情 ${message.sticker.emoji}`}, message.sticker.emoji),
  location: (message) => h("div.card", {}, h("span.sign", {}, icon("place")), h("span", {}, h("b", {}, "位置"),
    h("small", {}, `北纬 ${message.location.latitude.toFixed(4)}，东经 ${message.location.longitude.toFixed(4)}`))),
  contact: (message) => h("a.card.call", {href: `tel:${message.contact.phone_number}`, "data-testid": "contact"},
    h("span.sign", {}, icon("phone")), h("span", {}, h("b", {}, message.contact.first_name),
      h("span.number", {}, message.contact.phone_number), h("small", {}, "点这里拨打"))),
};

function foot(entry, context, own) {
  const message = entry.message;
  const marks = h("span.foot", {});
  if (message.edit_date && message.text) marks.append("已修改 ");
  marks.append(h("time", {datetime: new Date(message.date * 1000).toISOString()}, timeOf(message.date)));
  if (own) {
    const waiting = context.waiting(entry);
    marks.append(h("span.tick", {title: waiting ? "机器人还没收到" : "机器人收到了"}, waiting ? "✓" : "✓✓"));
  }
  return marks;
}

function inlineKeyboard(entry, context) {
  const rows = entry.message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return h("div.inline-keyboard", {role: "group", "aria-label": "可以点的按钮"}, ...rows.map((row) =>
    h("div.button-row", {}, ...row.map((button) => inlineButton(entry, button, context)))));
}

function inlineButton(entry, button, context) {
  const node = h("button.inline-button", {type: "button", "data-testid": "inline-button", "data-callback": button.callback_data}, button.text);
  node.addEventListener("click", () => context.onPress(entry, button, node));
  if (button.url) node.append(h("span", {"aria-hidden": "true"}, " ↗"));
  return node;
}

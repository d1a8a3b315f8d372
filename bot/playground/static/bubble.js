// One message (or album) as a list item: words, media, keyboard, time.

import {h, timeOf} from "./dom.js";
import {icon} from "./icons.js";
import {media} from "./media.js";
import {offerMenu} from "./message_menu.js";
import {inShort} from "./reference.js";
import {richText} from "./richtext.js";

/**
 * entries: one message, or the parts of an album in order.
 * context: {me, botName, waiting(entry), onPress(entry, button, node), onCommand, onDeepLink, onPhoto, onMenu(entries), onQuote(id)}
 */
export function bubble(entries, context) {
  const [entry] = entries;
  const message = entry.message;
  const own = message.from.id === context.me;
  const side = own ? "own" : entry.by_bot ? "bot" : "other";
  const item = h(`li.message.${side}`, {
    "data-testid": "message", "data-message-id": message.message_id, "data-from": side, tabindex: -1,
    "data-ids": entries.map((one) => one.message.message_id).join(" "), "data-album": message.media_group_id,
  });
  const dots = h("button.dots", {type: "button", tabindex: -1, "aria-label": "这条消息可以做什么", "data-testid": "dots", onclick: () => context.onMenu(entries)}, icon("more"));
  item.append(avatar(message.from, entry.by_bot), h("div.stack", {},
    h("div.bubble", {}, ...content(entries, context, side), foot(entries, context, own), dots),
    inlineKeyboard(entry, context)));
  offerMenu(item, () => context.onMenu(entries));
  return item;
}

function avatar(from, isBot) {
  const face = isBot ? h("img", {src: "/static/icon.svg", alt: ""}) : from.first_name.slice(0, 1);
  return h("span.avatar", {"aria-hidden": "true"}, face);
}

function content(entries, context, side) {
  const messages = entries.map((entry) => entry.message);
  const [message] = messages;
  const origin = message.forward_origin;
  const parts = [h("span.speaker", {class: `speaker ${side === "other" ? "" : "quiet"}`}, `${message.from.first_name}：`)];
  if (origin) parts.push(h("p.forwarded", {}, `转发自 ${origin.sender_user_name ?? origin.sender_user?.first_name ?? "别处"}`));
  if (message.reply_to_message) parts.push(quote(message.reply_to_message, context));
  parts.push(...media(messages, context));
  for (const one of messages) {
    const text = one.text ?? one.caption;
    if (text) parts.push(h("div.text", {"data-testid": "message-text"}, richText(text, one.entities ?? one.caption_entities, context)));
  }
  return parts;
}

function quote(replied, context) {
  return h("button.quote", {type: "button", "aria-label": `看看回复的是哪一条：${inShort(replied)}`, onclick: () => context.onQuote(replied.message_id)},
    h("b", {}, replied.from.first_name), ` ${inShort(replied)}`);
}

function foot(entries, context, own) {
  const {message} = entries.at(-1);
  const marks = h("span.foot", {});
  if (entries.some((one) => one.message.edit_date && (one.message.text || one.message.caption))) marks.append("已修改 ");
  marks.append(h("time", {datetime: new Date(message.date * 1000).toISOString()}, timeOf(message.date)));
  if (own) {
    const tick = h("span.tick", {role: "img"});
    showTick(tick, entries.some((one) => context.waiting(one)));
    marks.append(tick);
  }
  return marks;
}

/** One tick while the message waits for the bot, two when it has it. */
export function showTick(tick, waiting) {
  tick.textContent = waiting ? "✓" : "✓✓";
  tick.title = waiting ? "机器人还没收到" : "机器人收到了";
  tick.ariaLabel = tick.title;
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

// Bot-API text and entities as safe DOM nodes: text is only ever set as text.

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

export function richText(text, entities = [], context = {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, sorted, context);
}

function build(text, from, to, entities, context) {
  const out = document.createDocumentFragment();
  let at = from;
  for (let i = 0; i < entities.length;) {
    const entity = entities[i++];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    const inner = [];
    while (i < entities.length && entities[i].offset < end) inner.push(entities[i++]);
    if (end <= start) continue;
    out.append(text.slice(at, start));
    const node = element(entity, text.slice(start, end), context);
    node.append(build(text, start, end, inner, context));
    out.append(node);
    at = end;
  }
  out.append(text.slice(at, to));
  return out;
}

function element(entity, words, context) {
  if (entity.type === "text_link") return link(entity.url, context);
  if (entity.type === "url") return link(/^[a-z]+:/i.test(words) ? words : `https://${words}`, context);
  if (entity.type === "phone_number") return anchor(`tel:${words}`);
  if (entity.type === "bot_command") return action("command", words, () => context.onCommand?.(words));
  if (entity.type === "spoiler") return spoiler();
  return document.createElement(TAGS[entity.type] ?? "span");
}

function anchor(href) {
  const node = document.createElement("a");
  node.href = href;
  return node;
}

function link(url, context) {
  const payload = deepLink(url, context.botName);
  if (payload !== null) return action("deep-link", payload, () => context.onDeepLink?.(payload));
  if (!/^(https?|mailto|tel):/i.test(url)) return document.createElement("span");
  const node = anchor(url);
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  return node;
}

/** The start payload when the address opens this bot, else null. */
export function deepLink(url, botName) {
  const found = /^https?:\/\/t\.me\/([A-Za-z0-9_]+)(?:\?start=([A-Za-z0-9_-]*))?$/.exec(url)
    ?? /^tg:\/\/resolve\?domain=([A-Za-z0-9_]+)(?:&start=([A-Za-z0-9_-]*))?$/.exec(url);
  return found && found[1] === botName ? found[2] ?? "" : null;
}

function action(kind, value, onClick) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = `in-text ${kind}`;
  node.dataset.value = value;
  node.addEventListener("click", onClick);
  return node;
}

function spoiler() {
  const node = document.createElement("button");
  node.type = "button";
  node.className = "spoiler";
  node.ariaLabel = "点一下显示";
  node.addEventListener("click", () => {
    node.classList.add("shown");
    node.ariaLabel = null;
  });
  return node;
}

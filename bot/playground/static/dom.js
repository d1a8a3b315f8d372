// Small helpers to build elements and to say times and sizes.

const ZONE = "Asia/Shanghai";
const clockTime = new Intl.DateTimeFormat("zh-CN", {timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false});
const dayName = new Intl.DateTimeFormat("zh-CN", {timeZone: ZONE, month: "long", day: "numeric", weekday: "short"});

/** h("button.big", {type: "button", onclick}, "text", child) */
export function h(selector, attributes = {}, ...children) {
  const [tag, ...classes] = selector.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const timeOf = (seconds) => clockTime.format(seconds * 1000);
export const dayOf = (seconds) => dayName.format(seconds * 1000);
export const momentOf = (ms) => `${dayName.format(ms)} ${clockTime.format(ms)}`;

/** Whole seconds from this moment to tomorrow, 9 o'clock (Shanghai has no summer time: always UTC+8). */
export function secondsToMorning(ms) {
  const day = 86400;
  const local = Math.floor(ms / 1000) + 8 * 3600;
  return day - (local % day) + 9 * 3600;
}

export function sizeOf(bytes) {
  if (bytes >= 1024 * 1024) return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

export function shiftOf(seconds) {
  if (seconds === 0) return "";
  const parts = [];
  let left = Math.abs(seconds);
  for (const [length, unit] of [[86400, "天"], [3600, "小时"], [60, "分钟"]]) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count) parts.push(`${count}${unit}`);
  }
  return `比现在${seconds > 0 ? "快" : "慢"} ${parts.join("") || "不到1分钟"}`;
}

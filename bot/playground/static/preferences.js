// How this reader wants the page: size of words, day or night. Kept in the browser.

import {choose} from "./dialogs.js";
import {h} from "./dom.js";

const SIZES = [["100%", "标准"], ["118.75%", "大"], ["137.5%", "特大"]];
const THEMES = [["auto", "跟着手机或电脑"], ["light", "白天"], ["dark", "夜里"]];
const night = window.matchMedia("(prefers-color-scheme: dark)");

const kept = (name, usual) => localStorage.getItem(name) ?? usual;

function apply() {
  const theme = kept("theme", "auto");
  const root = document.documentElement;
  root.dataset.theme = theme === "auto" ? (night.matches ? "dark" : "light") : theme;
  root.style.fontSize = kept("size", SIZES[0][0]);
  window.dispatchEvent(new Event("resize"));
}

function choices(title, name, options) {
  const present = kept(name, options[0][0]);
  return h("fieldset", {}, h("legend", {}, title), ...options.map(([value, words]) =>
    h("label.choice", {}, h("input", {type: "radio", name, value, checked: value === present, onchange: () => {
      localStorage.setItem(name, value);
      apply();
    }}), words)));
}

export function openPreferences() {
  choose("字和颜色", choices("字的大小", "size", SIZES), choices("颜色", "theme", THEMES));
}

apply();
night.addEventListener("change", apply);

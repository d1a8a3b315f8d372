// Talking to the playground's control API. Errors come in words that can be shown.

import {inWords} from "./words.js";

async function ask(path, options) {
  const response = await fetch(`/control/${path}`, options).catch((error) => { throw new Error(inWords(error.message)); });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(inWords(body.error || `HTTP ${response.status}`));
  return body;
}

export const get = (path) => ask(path);

export const post = (path, body = {}) => ask(path, {
  method: "POST",
  headers: {"Content-Type": "application/json"},
  body: JSON.stringify(body),
});

/** Send files as a person: fields are those of `send`, files are File objects. */
export function sendFiles(fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append("file", file, file.name || "file");
  return ask("send", {method: "POST", body: form});
}

export const fileUrl = (id) => `/control/files/${encodeURIComponent(id)}`;

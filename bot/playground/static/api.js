// Talking to the playground's control API.

async function answerOf(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `HTTP ${response.status}`);
  return body;
}

export async function get(path) {
  return answerOf(await fetch(`/control/${path}`));
}

export async function post(path, body = {}) {
  return answerOf(await fetch(`/control/${path}`, {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify(body),
  }));
}

/** Send files as a person: fields are those of `send`, files are File objects. */
export async function sendFiles(fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append("file", file, file.name || "file");
  return answerOf(await fetch("/control/send", {method: "POST", body: form}));
}

export const fileUrl = (id) => `/control/files/${encodeURIComponent(id)}`;

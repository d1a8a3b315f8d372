// Pictures as a messenger's client sends them: in a common format and not larger than needed.

const SENDABLE = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const LONGEST_SIDE = 2560;
const LARGEST_BYTES = 3 * 1024 * 1024;

export const isPicture = (file) => file.type.startsWith("image/");
export const isFilm = (file) => file.type.startsWith("video/");

/** The same picture as one that the server takes; null when the browser cannot read it. */
export async function sendable(file) {
  if (SENDABLE.has(file.type) && file.size <= LARGEST_BYTES) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(picture.width * scale), height: Math.round(picture.height * scale),
  });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", {type: "image/jpeg"});
}

/** An emoji drawn as a sticker. */
export async function sticker(emoji) {
  const canvas = Object.assign(document.createElement("canvas"), {width: 512, height: 512});
  const pen = canvas.getContext("2d");
  Object.assign(pen, {font: '380px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif', textAlign: "center", textBaseline: "middle"});
  pen.fillText(emoji, 256, 276);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/webp"));
  return new File([blob], "sticker.webp", {type: blob.type});
}

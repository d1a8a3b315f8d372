// Opening a message's menu: right click, long press, or the keyboard.

const LONG_MS = 500;
const MOVED = 10;

/** Calls open() for each of these ways; item is the list item of the message. */
export function offerMenu(item, open) {
  let timer = null;
  let start = null;
  let held = false;
  const stop = () => clearTimeout(timer);
  item.addEventListener("contextmenu", (event) => {
    if (!getSelection().isCollapsed || event.target.closest("audio, video")) return;
    event.preventDefault();
    stop();
    if (held) return;
    held = start !== null;
    open();
  });
  item.addEventListener("pointerdown", (event) => {
    stop();
    held = false;
    start = null;
    if (event.pointerType === "mouse" || event.target.closest("audio, video")) return;
    start = [event.clientX, event.clientY];
    timer = setTimeout(() => {
      held = true;
      open();
    }, LONG_MS);
  });
  item.addEventListener("pointermove", (event) => {
    if (start && Math.hypot(event.clientX - start[0], event.clientY - start[1]) > MOVED) stop();
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) item.addEventListener(name, stop);
  // The finger that opened the menu must not press what has come up below it.
  item.addEventListener("touchend", (event) => held && event.preventDefault());
  item.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== item) return;
    event.preventDefault();
    open();
  });
}

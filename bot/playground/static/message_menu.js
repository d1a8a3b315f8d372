// Opening a message's menu: right click, long press, the dots, or the keyboard.

const LONG_MS = 500;
const MOVED = 10;

/** Calls open() for each of these ways; item is the list item of the message. */
export function offerMenu(item, open) {
  let timer = null;
  let start = null;
  let opened = 0;
  const once = () => {
    if (Date.now() - opened < 800) return;
    opened = Date.now();
    open();
  };
  const stop = () => clearTimeout(timer);
  item.addEventListener("contextmenu", (event) => {
    if (!getSelection().isCollapsed || event.target.closest("audio, video")) return;
    event.preventDefault();
    stop();
    once();
  });
  item.addEventListener("pointerdown", (event) => {
    stop();
    if (event.pointerType === "mouse" || event.target.closest("audio, video")) return;
    start = [event.clientX, event.clientY];
    timer = setTimeout(once, LONG_MS);
  });
  item.addEventListener("pointermove", (event) => {
    if (start && Math.hypot(event.clientX - start[0], event.clientY - start[1]) > MOVED) stop();
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) item.addEventListener(name, stop);
  // The finger that opened the menu must not press what lies below it.
  item.addEventListener("click", (event) => {
    if (Date.now() - opened > 700 || event.target.closest(".dots")) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  item.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== item) return;
    event.preventDefault();
    once();
  });
}

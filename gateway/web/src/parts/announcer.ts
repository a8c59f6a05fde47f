/** Say something to a screen reader, politely, without moving the focus. The page holds the region. */

export function announce(text: string): void {
  const region = document.getElementById("announcer");
  if (region === null) return;
  region.textContent = "";
  // A changed text is spoken, the same one is not: emptied first, filled in the next frame.
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}

export const wantsLessMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Says calmly that the connection is away, and wakes the feed when the device comes back. */

import { h } from "./dom.js";

// A change of gateway takes less than this: nobody need be told.
const CALM_MS = 800;

/** A banner element and `show(state)` for a Feed's states. */
export function connectionBanner() {
  const element = h("p", { class: "banner", role: "status", hidden: true });
  let timer = null;
  const show = (state) => {
    clearTimeout(timer);
    if (state !== "reconnecting" && state !== "connecting") {
      element.hidden = true;
      element.textContent = "";
      return;
    }
    timer = setTimeout(() => {
      element.hidden = false;
      element.textContent =
        state === "connecting" ? "Connecting…" : "Reconnecting… your place and your answers are kept.";
    }, CALM_MS);
  };
  return { element, show };
}

/** Look at once when the page is seen again or the network returns. */
export function wakeWith(feed) {
  const onSight = () => document.visibilityState === "visible" && feed.hurry();
  const onNetwork = () => feed.hurry();
  document.addEventListener("visibilitychange", onSight);
  window.addEventListener("online", onNetwork);
  return () => {
    document.removeEventListener("visibilitychange", onSight);
    window.removeEventListener("online", onNetwork);
  };
}

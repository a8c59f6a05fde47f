/**
 * The line that runs out, and the time in figures beside it: on the server's clock. Each second is drawn when it is due;
 * between them the line glides (unless the person wants less motion).
 */

import { announce, h, setText, wantsLessMotion } from "./dom.js";

const STEP_MS = 100;
const MINUTES_FROM_S = 100;
const SPOKEN = new Set([10, 5]);

/** A screen part for an open question. `onEnd` is called once, when no time is left. */
export function countdown({ question, clock, onEnd = () => {} }) {
  const seconds = h("span", { class: "seconds" }, "–");
  const bar = h("div", { class: "timeline-bar" });
  const line = h("div", { class: "timeline", "aria-hidden": "true" }, bar);
  const unit = h("span", { class: "unseen" });
  const label = h("p", { class: "clock", role: "timer", "aria-live": "off" }, seconds, unit);
  let shownS = null;

  const draw = () => {
    if (!clock.isSet) return;
    const leftMs = Math.max(0, question.closes_at_ms - clock.now());
    const leftS = Math.ceil(leftMs / 1000);
    const shareMs = wantsLessMotion() ? leftS * 1000 : leftMs;
    bar.style.transform = `scaleX(${Math.min(1, shareMs / question.time_limit_ms)})`;
    if (leftS !== shownS) tell(leftS);
    if (leftMs === 0) {
      clearInterval(timer);
      onEnd();
    }
  };
  const tell = (leftS) => {
    const isFirst = shownS === null;
    shownS = leftS;
    const isLong = leftS >= MINUTES_FROM_S;
    setText(seconds, isLong ? `${Math.floor(leftS / 60)}:${String(leftS % 60).padStart(2, "0")}` : String(leftS));
    setText(unit, isLong ? " minutes left" : " seconds left");
    line.classList.toggle("is-short", leftS <= 5);
    label.classList.toggle("is-short", leftS <= 5);
    if (!isFirst && SPOKEN.has(leftS)) announce(`${leftS} seconds left`);
  };
  const timer = setInterval(draw, STEP_MS);
  draw();
  return { line, label, stop: () => clearInterval(timer) };
}

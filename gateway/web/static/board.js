/** The leaderboard. Players keep their line while they move, so that one is seen passing the other. */

import { h, people, setText, wantsLessMotion } from "./dom.js";
import { number } from "./words.js";

const MOVE_MS = 450;

/**
 * A board of at most `limit` lines. `update(leaderboard, me)`: `me`, if there is one, is marked, and gets an own
 * line below when not among those shown.
 */
export function board({ limit = 10, title = "Leaderboard" } = {}) {
  const list = h("ol", { class: "board-lines", role: "list" });
  const empty = h("p", { class: "soft board-empty" }, "No points yet.");
  const element = h(
    "section",
    { class: "board", "aria-label": title },
    h("h2", { class: "board-title" }, title),
    empty,
    list,
  );
  const lines = new Map();

  const update = (leaderboard, me) => {
    const shown = (leaderboard?.top ?? []).slice(0, limit);
    const isMeShown = !me?.rank || shown.some((entry) => entry.player_id === me.player_id);
    const entries = isMeShown ? shown : [...shown, me];
    const best = Math.max(1, ...shown.map((entry) => entry.points));
    const before = positions(lines);
    for (const entry of entries)
      draw(lineOf(lines, entry), entry, { best, isMe: entry.player_id === me?.player_id });
    for (const [id, line] of lines)
      if (!entries.some((entry) => entry.player_id === id)) lines.delete(id) && line.element.remove();
    place(
      list,
      entries.map((entry) => lines.get(entry.player_id).element),
    );
    empty.hidden = entries.length > 0;
    glide(lines, before);
  };
  return { element, update };
}

function lineOf(lines, entry) {
  if (!lines.has(entry.player_id)) lines.set(entry.player_id, line());
  return lines.get(entry.player_id);
}

function line() {
  const rank = h("span", { class: "rank" });
  const name = people("span", { class: "name" });
  const points = h("span", { class: "points" });
  const bar = h("span", { class: "board-bar", "aria-hidden": "true" });
  const you = h("span", { class: "you" }, "you");
  const element = h("li", { class: "board-line" }, bar, rank, name, you, points);
  return { element, rank, name, points, bar, you };
}

function draw(line, entry, { best, isMe }) {
  setText(line.rank, number(entry.rank));
  setText(line.name, entry.nickname);
  setText(line.points, number(entry.points));
  line.you.hidden = !isMe;
  line.element.classList.toggle("is-me", isMe);
  line.bar.style.transform = `scaleX(${Math.max(0, entry.points) / best})`;
}

/** Put `wanted` in order, touching only what stands elsewhere. */
function place(list, wanted) {
  wanted.forEach((element, index) => {
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
  });
}

function positions(lines) {
  return new Map([...lines].map(([id, line]) => [id, line.element.offsetTop]));
}

function glide(lines, before) {
  if (wantsLessMotion()) return;
  for (const [id, line] of lines) {
    const moved = (before.get(id) ?? line.element.offsetTop) - line.element.offsetTop;
    if (moved === 0) continue;
    line.element.animate([{ transform: `translateY(${moved}px)` }, { transform: "none" }], {
      duration: MOVE_MS,
      easing: "cubic-bezier(.2,.8,.2,1)",
    });
  }
}

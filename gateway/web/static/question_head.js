/** The upper part of a question's screen, the same for players and the host: number, time, prompt, picture. */

import { h, people } from "./dom.js";
import { counted } from "./words.js";

/** `clock`: a countdown's label, while the question is open. */
export function questionHead({ session, clock = null }) {
  const { question } = session;
  const worth = question.type === "poll" ? "poll, no points" : counted(question.points, "point");
  return h(
    "div",
    { class: "question-head" },
    h(
      "div",
      { class: "question-line" },
      h("p", { class: "kicker" }, `Question ${question.index + 1} of ${session.question_count}`, h("span", { class: "soft" }, ` · ${worth}`)),
      clock,
    ),
    h("h1", { class: `prompt ${question.prompt.length > 120 ? "is-long" : ""}`, tabindex: "-1", "data-focus": true, dir: "auto" }, people("span", {}, question.prompt)),
    picture(question.image_url),
  );
}

/** Only from this very server: the pages ask nobody else for anything. */
function picture(url) {
  if (!url) return null;
  const address = URL.parse?.(url, location.href) ?? new URL(url, location.href);
  if (address?.origin !== location.origin) return null;
  return h("img", { class: "picture", src: address.href, alt: "" });
}

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
      h(
        "p",
        { class: "kicker" },
        `Question ${question.index + 1} of ${session.question_count}`,
        h("span", { class: "soft" }, ` · ${worth}`),
      ),
      clock,
    ),
    h(
      "h1",
      {
        class: `prompt ${question.prompt.length > 120 ? "is-long" : ""}`,
        tabindex: "-1",
        "data-focus": true,
        dir: "auto",
      },
      people("span", {}, question.prompt),
    ),
    picture(question.image_url),
  );
}

/** A picture of this very server's is shown. Another server is asked only by whoever wants to see its picture. */
function picture(url) {
  if (!url || !URL.canParse(url, location.href)) return null;
  const address = new URL(url, location.href);
  const image = () => h("img", { class: "picture", src: address.href, alt: "Picture of the question" });
  if (address.origin === location.origin || address.protocol === "data:") return image();
  if (address.protocol !== "https:") return null;
  const button = h(
    "button",
    { type: "button", class: "button is-picture" },
    `Show the picture from ${address.host}`,
  );
  button.addEventListener("click", () => button.replaceWith(image()));
  return button;
}

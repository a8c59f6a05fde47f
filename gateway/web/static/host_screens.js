/** What the host and the room see, one function a screen. Each returns { element, update(model), stop() }. */

import { board } from "./board.js";
import { choiceList, rightAnswer } from "./choices.js";
import { countdown } from "./countdown.js";
import { h, people, setText } from "./dom.js";
import { questionHead } from "./question_head.js";
import { shuffled } from "./answer_form.js";
import { counted, number } from "./words.js";

const SHOWN_NAMES = 40;

export function hostLobby({ view, joinAddress }) {
  const names = h("ul", { class: "names", role: "list", "aria-label": "Newest players" });
  const count = h("p", { class: "big-count", role: "status" });
  const link = `${joinAddress}?code=${view.code}`;
  const element = h(
    "div",
    { class: "screen is-lobby" },
    h(
      "section",
      { class: "invite" },
      people("p", { class: "kicker" }, view.session.title),
      h(
        "h1",
        { tabindex: "-1", "data-focus": true, class: "invite-title" },
        "Join at ",
        h(
          "a",
          { href: link, target: "_blank", rel: "noopener" },
          joinAddress.replace(/^https?:\/\//, "").replace(/\/$/, ""),
        ),
      ),
      h("p", { class: "code", "aria-label": `Code ${Array.from(view.code).join(" ")}` }, view.code),
      copyButton(link),
    ),
    h("section", { class: "arrivals" }, count, names),
  );
  const update = ({ view: now }) => {
    setText(count, now.players === 0 ? "Waiting for players" : counted(now.players, "player"));
    showNames(names, now);
  };
  return { element, update };
}

/** Newest first; who is shown already stays where it is. */
function showNames(list, view) {
  const newest = (view.lobby?.nicknames ?? []).slice(0, SHOWN_NAMES);
  const more = view.players - newest.length;
  const words = more > 0 ? [...newest, `and ${number(more)} more`] : newest;
  const shown = Array.from(list.children, (item) => item.textContent);
  if (shown.join("\n") === words.join("\n")) return;
  const fresh = new Set(words.filter((name) => !shown.includes(name)));
  list.replaceChildren(
    ...words.map((name) => people("li", { class: fresh.has(name) ? "name is-new" : "name" }, name)),
  );
}

/** Only where the browser lets a page write to the clipboard (https or this very machine). */
function copyButton(link) {
  if (!navigator.clipboard) return null;
  const button = h("button", { type: "button", class: "button is-quiet" }, "Copy the link");
  button.addEventListener("click", async () => {
    const isCopied = await navigator.clipboard.writeText(link).then(
      () => true,
      () => false,
    );
    setText(button, isCopied ? "Copied ✓" : link);
  });
  return button;
}

export function hostQuestion({ view, clock }) {
  const { session } = view;
  const { question } = session;
  const time = countdown({ question, clock });
  const count = h("strong", { class: "tally-count" });
  const whole = h("span", { class: "soft" });
  const fill = h("span", { class: "tally-fill" });
  const standing = board({ limit: 5, title: "Live board" });
  const element = h(
    "div",
    { class: "screen is-question is-host" },
    time.line,
    h(
      "section",
      { class: "answer-part" },
      questionHead({ session, clock: time.label }),
      choiceList(question, {
        order:
          question.type === "order"
            ? shuffled(question.choices.length, session.title + question.index)
            : undefined,
      }),
      question.choices.length === 0 &&
        h(
          "p",
          { class: "soft hint" },
          question.type === "number" ? "Players type a number." : "Players type their answer.",
        ),
    ),
    h(
      "aside",
      { class: "side is-useful" },
      h(
        "div",
        { class: "tally" },
        h("p", {}, count, whole),
        h("span", { class: "tally-bar", "aria-hidden": "true" }, fill),
      ),
      standing.element,
    ),
  );
  const update = ({ view: now }) => {
    setText(count, number(now.answered));
    setText(whole, ` of ${number(now.players)} answered`);
    fill.style.transform = `scaleX(${now.players > 0 ? Math.min(1, now.answered / now.players) : 0})`;
    standing.update(now.leaderboard, null);
  };
  return { element, update, stop: time.stop };
}

export function hostResult({ view }) {
  const { session } = view;
  const { question, reveal } = session;
  const isOrder = question.type === "order";
  const tally = h("p", { class: "soft tally-line" });
  const standing = board();
  const element = h(
    "div",
    { class: "screen is-result is-host" },
    h(
      "section",
      { class: "answer-part" },
      questionHead({ session }),
      isOrder && h("h2", { class: "label" }, "The right order"),
      question.choices.length > 0 &&
        choiceList(question, { correct: reveal?.correct, order: isOrder ? reveal?.correct : undefined }),
      rightAnswer(question, reveal),
      tally,
    ),
    standing.element,
  );
  const update = ({ view: now }) => {
    setText(tally, `${number(now.answered)} of ${counted(now.players, "player")} answered.`);
    standing.update(now.leaderboard, null);
  };
  return { element, update };
}

export function hostFinal({ view }) {
  const name = h("bdi");
  const words = h("span");
  const heading = h("h1", { tabindex: "-1", "data-focus": true }, name, words);
  const standing = board({ title: "Final board" });
  const element = h(
    "div",
    { class: "screen is-final" },
    h("div", { class: "verdict is-final" }, people("p", { class: "kicker" }, view.session.title), heading),
    standing.element,
  );
  const update = ({ view: now }) => {
    const [best] = now.leaderboard?.top ?? [];
    const hasWinner = best !== undefined && best.points > 0;
    setText(name, hasWinner ? best.nickname : "");
    setText(words, hasWinner ? " wins!" : "That was it!");
    standing.update(now.leaderboard, null);
  };
  return { element, update };
}

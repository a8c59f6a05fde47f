/** What a player sees, one function a screen. Each returns { element, update(model), stop() } for a Stage. */

import { answerForm } from "./answer_form.js";
import { board } from "./board.js";
import { choiceList, rightAnswer } from "./choices.js";
import { countdown } from "./countdown.js";
import { announce, h, people, setText } from "./dom.js";
import { questionHead } from "./question_head.js";
import { counted, number, ordinal, refusalText } from "./words.js";

// A countdown may be off by half a round trip: what comes this late may still be on time. The server judges.
const GRACE_MS = 500;

export function joinScreen({ code, nickname, onJoin }) {
  const codeInput = h("input", {
    id: "code",
    name: "code",
    class: "typed is-code",
    value: code,
    required: true,
    maxlength: 12,
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    placeholder: "ABC234",
  });
  const nameInput = h("input", {
    id: "nickname",
    name: "nickname",
    class: "typed",
    value: nickname,
    required: true,
    maxlength: 24,
    autocomplete: "nickname",
    dir: "auto",
  });
  const button = h("button", { type: "submit", class: "button is-primary" }, "Join");
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const progress = h("p", { class: "soft", role: "status" });
  const submit = (event) => {
    event.preventDefault();
    onJoin({ code: codeInput.value, nickname: nameInput.value });
  };
  const form = h(
    "form",
    { class: "card join", onsubmit: submit },
    h("h1", { tabindex: "-1", "data-focus": true }, "Join a quiz"),
    h("div", { class: "field" }, h("label", { class: "label", for: "code" }, "Code"), codeInput),
    h("div", { class: "field" }, h("label", { class: "label", for: "nickname" }, "Nickname"), nameInput),
    problem,
    button,
    progress,
  );
  const element = h(
    "div",
    { class: "screen is-narrow" },
    form,
    h("p", { class: "soft aside" }, "Hosting? ", h("a", { href: "/host" }, "Open a session")),
  );
  const update = ({ joining, refusal, note }) => {
    button.disabled = joining;
    setText(button, joining ? "Joining…" : "Join");
    setText(progress, note ?? "");
    problem.hidden = !refusal;
    setText(problem, refusal ?? "");
  };
  return { element, update, inputs: { codeInput, nameInput } };
}

export function lobbyScreen({ identity, onLeave }) {
  const players = h("p", { class: "big-count" });
  const title = people("p", { class: "soft" });
  const element = h(
    "div",
    { class: "screen is-narrow is-centred" },
    h(
      "h1",
      { tabindex: "-1", "data-focus": true },
      "You’re in, ",
      h("bdi", { class: "accent" }, identity.nickname),
      "!",
    ),
    title,
    h("div", { class: "waiting", "aria-hidden": "true" }, h("span"), h("span"), h("span")),
    players,
    h("p", { class: "soft" }, "The quiz starts when the host says so. Keep this page open."),
    h("button", { type: "button", class: "button is-quiet", onclick: onLeave }, "Leave"),
  );
  const update = ({ view }) => {
    setText(title, view.session.title);
    setText(players, `${counted(Math.max(1, view.players), "player")} here`);
  };
  return { element, update };
}

export function questionScreen({ view, clock, identity, onAnswer }) {
  const { session } = view;
  const { question } = session;
  const status = h("p", { class: "status" });
  let isOver = false;
  let said = "";
  const form = answerForm({
    question,
    seed: `${identity.player_id}/${question.index}`,
    onAnswer: (value) => onAnswer(question, value),
  });
  const time = countdown({ question, clock, onEnd: () => (graceTimer = setTimeout(end, GRACE_MS)) });
  let graceTimer = null;
  const standing = board({ limit: 5, title: "Live" });
  const side = h("aside", { class: "side" }, standing.element);
  const element = h(
    "div",
    { class: "screen is-question" },
    time.line,
    questionHead({ session, clock: time.label }),
    form.element,
    status,
    side,
  );

  const end = () => {
    isOver = true;
    form.lock();
    if (said === "") say("Time’s up.", "");
  };
  const say = (words, kind) => {
    if (words !== said && words !== "") announce(words);
    said = words;
    setText(status, words);
    status.className = `status ${kind}`;
  };
  const update = ({ view: now, outbox }) => {
    const answer = outbox.answerTo(question.index);
    const { words, kind, isLocked } = answerStatus(answer, now, question.index);
    if (isLocked) form.lock(answer?.value);
    else if (!isOver) form.unlock();
    if (words !== "" || !isOver) say(words, kind);
    standing.update(now.leaderboard, now.me);
    side.classList.toggle("is-useful", isLocked);
  };
  const stop = () => {
    time.stop();
    clearTimeout(graceTimer);
  };
  return { element, update, stop };
}

/** What to say of one's answer, and whether the form takes another. */
function answerStatus(answer, view, index) {
  const result = view.resultOf(index);
  if (result)
    return { words: `Sent ✓ ${gainText(result)}`, kind: result.correct ? "is-good" : "", isLocked: true };
  if (answer?.state === "acked" || view.hasAnswered(index))
    return { words: "Sent ✓ Your answer is in.", kind: "is-good", isLocked: true };
  if (answer === null) return { words: "", kind: "", isLocked: false };
  if (answer.state === "unsent") return { words: "Sending…", kind: "", isLocked: true };
  const mayTryAgain = answer.refusal.code === "answer_invalid" || answer.refusal.code === "rate_limited";
  return { words: refusalText(answer.refusal), kind: "is-bad", isLocked: !mayTryAgain };
}

const gainText = ({ correct, gained }) =>
  gained !== 0 || correct ? `${gained > 0 ? "+" : ""}${number(gained)} points` : "Your answer is in.";

export function resultScreen({ view, outbox }) {
  const { session } = view;
  const { question, reveal } = session;
  const title = h("p", { class: "verdict-title" });
  const detail = h("p", { class: "verdict-detail" });
  const verdict = h("div", { class: "verdict" }, title, detail);
  const standing = board();
  const own = outbox.answerTo(question.index)?.value;
  const isOrder = question.type === "order";
  const element = h(
    "div",
    { class: "screen is-result" },
    verdict,
    h(
      "section",
      { class: "answer-part" },
      questionHead({ session }),
      isOrder && h("h2", { class: "label" }, "The right order"),
      question.choices.length > 0 &&
        choiceList(question, {
          correct: reveal?.correct,
          own: own?.choices,
          order: isOrder ? reveal?.correct : undefined,
        }),
      rightAnswer(question, reveal),
      own?.text && h("p", { class: "soft" }, "You wrote: ", people("span", {}, own.text)),
      isOrder && own && h("p", { class: "soft" }, "Your order: ", ownOrder(question, own)),
    ),
    standing.element,
  );
  let said = "";
  const update = ({ view: now, outbox: box }) => {
    const told = verdictOf(now, box, question);
    setText(title, told.title);
    setText(detail, [told.detail, placeText(now)].filter(Boolean).join(" "));
    verdict.className = `verdict ${told.kind}`;
    standing.update(now.leaderboard, now.me);
    if (told.title !== said) announce(`${told.title} ${detail.textContent}`);
    said = told.title;
  };
  return { element, update };
}

const ownOrder = (question, own) =>
  own.choices.flatMap((index, place) => [place > 0 && " → ", h("bdi", {}, question.choices[index])]);

function verdictOf(view, outbox, question) {
  const result = view.resultOf(question.index);
  const answer = outbox.answerTo(question.index);
  if (result && question.type === "poll") return { kind: "", title: "Thanks for your vote.", detail: "" };
  if (result) {
    const detail = result.gained === 0 ? "" : `${result.gained > 0 ? "+" : ""}${number(result.gained)} points.`;
    return result.correct
      ? { kind: "is-good", title: "✓ Correct!", detail }
      : { kind: "is-bad", title: "✗ Not this time.", detail };
  }
  if (answer?.state === "refused")
    return { kind: "is-bad", title: "Your answer does not count.", detail: refusalText(answer.refusal) };
  if (answer || view.hasAnswered(question.index)) return { kind: "", title: "Counting your answer…", detail: "" };
  return { kind: "", title: "No answer from you this time.", detail: "" };
}

function placeText(view) {
  const { me } = view;
  if (!me?.rank) return "";
  return `You are ${ordinal(me.rank)} of ${number(Math.max(view.players, me.rank))} with ${counted(me.points, "point")}.`;
}

export function finalScreen({ onLeave }) {
  const heading = h("h1", { tabindex: "-1", "data-focus": true });
  const detail = h("p", { class: "verdict-detail" });
  const title = people("p", { class: "kicker" });
  const standing = board({ title: "Final board" });
  const element = h(
    "div",
    { class: "screen is-final" },
    h("div", { class: "verdict is-final" }, title, heading, detail),
    standing.element,
    h("button", { type: "button", class: "button", onclick: onLeave }, "Join another session"),
  );
  let said = "";
  const update = ({ view }) => {
    const { me } = view;
    const words = me?.rank ? `You came ${ordinal(me.rank)}!` : "That was it!";
    setText(title, view.session.title);
    setText(heading, words);
    setText(
      detail,
      me?.rank
        ? `${counted(me.points, "point")}, among ${counted(Math.max(view.players, me.rank), "player")}.`
        : "Thanks for being here.",
    );
    standing.update(view.leaderboard, me);
    if (words !== said) announce(`${words} ${detail.textContent}`);
    said = words;
  };
  return { element, update };
}

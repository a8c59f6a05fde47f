/**
 * The signs of the choices. Each index has its own shape, colour and letter, so that a choice is told apart
 * without colour, and the phone's sign is the wall's sign.
 */

import { h, people, svg } from "./dom.js";
import { letter } from "./words.js";

// In a box of 32 × 32.
const SHAPES = [
  "M16 2a14 14 0 1 0 0 28 14 14 0 0 0 0-28z",
  "M4 4h24v24H4z",
  "M16 1l15 28H1z",
  "M16 0l16 16-16 16L0 16z",
  "M16 1l15 11-5.7 18H6.7L1 12z",
  "M8.500 2.500h15L31 16l-7.500 13.500h-15L1 16z",
  "M11 1h10v10h10v10H21v10H11V21H1V11h10z",
  "M2 8h28L23 26H9z",
  "M1 10C1 4 12 1 16 8c4-7 15-4 15 2 0 9-15 20-15 20S1 19 1 10z",
  "M9 1h14l8 8v14l-8 8H9l-8-8V9z",
];

/** The badge of choice `index`. Hidden from screen readers, which hear the choice itself. */
export function badge(index) {
  const text = svg("text", { x: "16", y: index === 2 ? "26" : index === 8 ? "20" : "21.5" }, letter(index));
  return svg(
    "svg",
    { class: `badge tone-${index}`, viewBox: "0 0 32 32", "aria-hidden": "true" },
    svg("path", { d: SHAPES[index % SHAPES.length] }),
    text,
  );
}

/** Class names: short choices stand in two columns, long ones in one; few short ones may be large. */
export function columnsOf(choices) {
  const isShort = choices.every(
    (choice) => choice.length <= 26 && choice.split(/\s+/).every((word) => word.length <= 13),
  );
  if (!isShort) return "is-long";
  if (choices.length > 4) return "is-short";
  return `is-short is-few ${["is-two", "is-three", "is-four"][choices.length - 2]}`;
}

/** Choices to look at: on the host's screen, and on the player's after the question. `marks[i]`: right, wrong. */
export function choiceList(question, { order = question.choices.map((_, index) => index), correct, own } = {}) {
  const isOrder = question.type === "order";
  const items = order.map((index) => {
    const isRight = correct?.includes(index) && !isOrder;
    const isOwn = own?.includes(index) && !isOrder;
    const state = correct && !isOrder && question.type !== "poll" ? (isRight ? "is-right" : "is-faded") : "";
    return h(
      "li",
      { class: `choice tone-${index} ${state} ${isOwn ? "is-own" : ""}` },
      badge(index),
      people("span", { class: "choice-text" }, question.choices[index]),
      isRight && h("span", { class: "mark is-good" }, "✓", h("span", { class: "unseen" }, " right answer")),
      isOwn && h("span", { class: "mark" }, "yours"),
    );
  });
  const isNumbered = isOrder && correct !== undefined;
  const layout = isNumbered ? "is-long is-numbered" : columnsOf(question.choices);
  return h(isNumbered ? "ol" : "ul", { class: `choices ${layout}`, role: "list" }, items);
}

/** The right answer of a closed question, in whatever form its type has it. Null for a poll. */
export function rightAnswer(question, reveal) {
  if (question.type === "poll" || !reveal) return null;
  if (question.choices.length === 0) {
    const [first, ...others] = reveal.accepted;
    return h(
      "p",
      { class: "right-text" },
      "Right answer: ",
      people("strong", {}, first ?? "–"),
      others.length > 0 && h("span", { class: "soft" }, " or ", people("span", {}, others.join(", "))),
    );
  }
  return null;
}

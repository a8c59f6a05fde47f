/**
 * The controls of an open question, one kind per question type, all real form controls: buttons where one tap is the
 * answer, checkboxes, a text or number field, and a list to put in order.
 */

import { badge, columnsOf } from "./choices.js";
import { announce, h, people } from "./dom.js";

const MAX_TEXT = 200;

/**
 * `onAnswer(value)` is called with { choices } or { text }. Returns { element, lock(own), unlock() }: locked, the
 * form shows the `own` choices and takes no more.
 */
export function answerForm({ question, seed, onAnswer }) {
  const controls = CONTROLS[question.type]({ question, seed });
  const fields = h(
    "fieldset",
    { class: "fields" },
    h("legend", { class: "unseen" }, controls.legend),
    controls.nodes,
  );
  const form = h("form", { class: "answers", novalidate: true, onsubmit: (event) => submit(event) }, fields);

  const submit = (event) => {
    event.preventDefault();
    const value = controls.read(event.submitter);
    if (typeof value === "string") controls.complain(value);
    else onAnswer(value);
  };
  const setLocked = (isLocked) => {
    fields.disabled = isLocked;
    form.classList.toggle("is-locked", isLocked);
  };
  return {
    element: form,
    lock: (own) => {
      setLocked(true);
      if (own) controls.show(own);
    },
    unlock: () => setLocked(false),
  };
}

const CONTROLS = {
  single: oneOf,
  true_false: oneOf,
  poll: oneOf,
  multiple: someOf,
  text: ({ question }) =>
    typed(question, { label: "Your answer", inputmode: "text", hint: "Type your answer first." }),
  number: ({ question }) =>
    typed(question, {
      label: "Your number",
      inputmode: "decimal",
      hint: "Type a number, such as 42 or 3.5.",
      isNumber: true,
    }),
  order: inOrder,
};

function oneOf({ question }) {
  const buttons = question.choices.map((choice, index) =>
    h(
      "button",
      { type: "submit", class: `choice tone-${index}`, value: index },
      badge(index),
      people("span", { class: "choice-text" }, choice),
    ),
  );
  return {
    legend: question.type === "poll" ? "Vote for one" : "Choose one answer",
    nodes: h("div", { class: `choices ${columnsOf(question.choices)}` }, buttons),
    read: (submitter) => ({ choices: [Number(submitter.value)] }),
    complain: () => {},
    show: ({ choices }) => markOwn(buttons, choices ?? []),
  };
}

function someOf({ question }) {
  const boxes = question.choices.map((_, index) =>
    h("input", { type: "checkbox", value: index, class: "unseen" }),
  );
  const labels = question.choices.map((choice, index) =>
    h(
      "label",
      { class: `choice tone-${index}` },
      boxes[index],
      badge(index),
      people("span", { class: "choice-text" }, choice),
      h("span", { class: "tick", "aria-hidden": "true" }, "✓"),
    ),
  );
  const { node, complain } = complaint();
  return {
    legend: "Choose all right answers",
    nodes: [h("div", { class: `choices ${columnsOf(question.choices)}` }, labels), node, sendButton()],
    read: () => {
      const choices = boxes.filter((box) => box.checked).map((box) => Number(box.value));
      return choices.length > 0 ? { choices } : "Choose at least one answer first.";
    },
    complain,
    show: ({ choices = [] }) => {
      for (const box of boxes) box.checked = choices.includes(Number(box.value));
    },
  };
}

function typed(question, { label, inputmode, hint, isNumber = false }) {
  const input = h("input", {
    type: "text",
    id: `answer-${question.index}`,
    class: "typed",
    inputmode,
    maxlength: MAX_TEXT,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    dir: "auto",
  });
  const { node, complain } = complaint();
  return {
    legend: label,
    nodes: [h("label", { class: "label", for: input.id }, label), input, node, sendButton()],
    read: () => {
      const text = input.value.trim();
      const isFit = isNumber ? /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(text) : text !== "";
      return isFit ? { text } : hint;
    },
    complain: (words) => {
      complain(words);
      input.focus();
    },
    show: ({ text = "" }) => {
      input.value = text;
    },
  };
}

function inOrder({ question, seed }) {
  const list = h("ol", { class: "choices is-long is-order", role: "list" });
  const items = question.choices.map((choice, index) => orderItem(choice, index, list));
  list.append(...shuffled(question.choices.length, seed).map((index) => items[index]));
  return {
    legend: "Put these in order, first at the top",
    nodes: [list, sendButton("Send this order")],
    read: () => ({ choices: Array.from(list.children, (item) => Number(item.dataset.index)) }),
    complain: () => {},
    show: ({ choices = [] }) => list.append(...choices.map((index) => items[index])),
  };
}

function orderItem(choice, index, list) {
  const move = (step, button) => {
    const others = Array.from(list.children);
    const from = others.indexOf(item);
    const to = from + step;
    if (to < 0 || to >= others.length) return;
    list.insertBefore(item, step > 0 ? others[to].nextSibling : others[to]);
    button.focus(); // moving a node takes the focus from it
    announce(`${choice}: place ${to + 1} of ${others.length}`);
  };
  const mover = (step, sign, word) =>
    h(
      "button",
      {
        type: "button",
        class: "mover",
        "aria-label": `Move ${word}: ${choice}`,
        onclick: (event) => move(step, event.currentTarget),
      },
      sign,
    );
  const item = h(
    "li",
    { class: `choice tone-${index}`, "data-index": index },
    badge(index),
    people("span", { class: "choice-text" }, choice),
    h("span", { class: "movers" }, mover(-1, "↑", "up"), mover(1, "↓", "down")),
  );
  return item;
}

function complaint() {
  const node = h("p", { class: "problem", role: "alert", hidden: true });
  const complain = (words) => {
    node.hidden = false;
    node.textContent = words;
  };
  return { node, complain };
}

const sendButton = (words = "Send") => h("button", { type: "submit", class: "button is-primary send" }, words);

function markOwn(elements, choices) {
  elements.forEach((element, index) => element.classList.toggle("is-own", choices.includes(index)));
}

/** The same shuffle for the same seed, so that a refresh changes nothing: Fisher–Yates on mulberry32. */
export function shuffled(count, seed) {
  let state = Array.from(seed).reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) | 0, 7);
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

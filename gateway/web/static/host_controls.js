/**
 * The host's bar at the foot: one main button that always is the next step, and the early end. Its nodes stay, so
 * that the keyboard's focus stays on the button from question to question.
 */

import { h, setText } from "./dom.js";
import { Phase } from "./feed_view.js";

/** `onCommand(name)` for start, close, next and finish; `onAnew()` after the end. */
export function hostControls({ onCommand, onAnew }) {
  let act = null;
  const main = h("button", { type: "button", class: "button is-primary", onclick: () => act?.() });
  const early = h(
    "button",
    { type: "button", class: "button is-quiet", onclick: () => dialog.showModal() },
    "End session",
  );
  const note = h("p", { class: "note soft", role: "status" });
  const dialog = confirmDialog(() => onCommand("finish"));
  const element = h("footer", { class: "controls", hidden: true }, note, early, main, dialog);

  const update = ({ view, isBusy, words }) => {
    const step = stepOf(view);
    act = step.command ? () => onCommand(step.command) : onAnew;
    setText(main, step.words);
    // Not `disabled`: that would throw the keyboard's focus away in the middle of a session.
    main.setAttribute("aria-disabled", String(isBusy));
    early.hidden = view.phase === Phase.FINISHED;
    setText(note, words);
    element.hidden = false;
  };
  const hide = () => {
    element.hidden = true;
    dialog.close();
  };
  return { element, update, hide };
}

function stepOf(view) {
  const isLast = view.question !== null && view.question.index + 1 >= view.session.question_count;
  switch (view.phase) {
    case Phase.LOBBY:
      return { words: "Start", command: "start" };
    case Phase.OPEN:
      return { words: "Close question", command: "close" };
    case Phase.CLOSED:
      return { words: isLast ? "Show the final board" : "Next question", command: "next" };
    default:
      return { words: "Open another session", command: null };
  }
}

function confirmDialog(onYes) {
  const dialog = h(
    "dialog",
    { class: "card", "aria-labelledby": "end-title" },
    h("h2", { id: "end-title" }, "End the session now?"),
    h("p", {}, "Everybody sees the final board. This cannot be undone."),
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", class: "button is-quiet", onclick: () => dialog.close() }, "Go on playing"),
      h(
        "button",
        { type: "button", class: "button is-primary", onclick: () => (dialog.close(), onYes()) },
        "End it",
      ),
    ),
  );
  return dialog;
}

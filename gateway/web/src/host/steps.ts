/** The host's next step in each phase: what the main button, the space bar and a presenter's clicker do. */

import { useLayoutEffect } from "preact/hooks";
import type { Command } from "../client/api.gen";
import type { LiveView } from "../client/view";
import type { Key } from "../i18n";

export interface Step {
  words: Key;
  /** null: the session is over. */
  command: Command | null;
  /** Not by a slip of the finger. */
  needsWord: boolean;
}

export function stepOf(view: LiveView): Step {
  const { phase, question, question_count } = view.session;
  switch (phase) {
    case "lobby":
      return { words: "control.start", command: "start", needsWord: false };
    case "question_open":
      return { words: "control.close", command: "close", needsWord: false };
    case "question_closed":
    case "leaderboard": {
      const isLast = question != null && question.index + 1 >= question_count;
      return { words: isLast ? "control.last" : "control.next", command: "next", needsWord: false };
    }
    case "running":
      return { words: "control.last", command: "finish", needsWord: true };
    case "finished":
      return { words: "control.results", command: null, needsWord: true };
  }
}

// PageDown is what a presenter's clicker sends.
const GO_ON: ReadonlySet<string> = new Set([" ", "Enter", "PageDown"]);
const TAKES_KEYS = "a, button, input, select, textarea, summary, dialog, [contenteditable]";

/** The keys that go on, wherever the focus is, unless something there takes them itself or a window is open. */
export function useGoOnKeys(goOn: () => void): void {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!GO_ON.has(event.key) || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(TAKES_KEYS) !== null) return;
      // As the browser has it: what is drawn hears of a window's end a moment later.
      if (document.querySelector("dialog[open]") !== null) return;
      event.preventDefault();
      goOn();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
}

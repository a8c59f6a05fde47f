/** What is asked about a closed question while its last answers still arrive. */

import { useEffect, useState } from "preact/hooks";
import { answered, type LiveView } from "../client/view";

// The last answers are scored a moment after the close.
const AGAIN_MS = 1_500;

/**
 * Asked at the close, with each answer that the board counts from then on, and once more; null until something came.
 * Where nothing can be had nothing is shown, for the session goes on anyway.
 */
export function useSettling<Told>(view: LiveView, ask: (index: number) => Promise<Told>): Told | null {
  const { phase, question } = view.session;
  const index = phase === "question_closed" && question ? question.index : null;
  const [told, tell] = useState<{ of: number; what: Told } | null>(null);
  const seen = answered(view);
  useEffect(() => {
    if (index === null) return;
    let isOver = false;
    const askNow = () =>
      void ask(index).then(
        (what) => !isOver && tell({ of: index, what }),
        () => undefined,
      );
    askNow();
    const timer = setTimeout(askNow, AGAIN_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [index, seen]);
  return told !== null && told.of === index ? told.what : null;
}

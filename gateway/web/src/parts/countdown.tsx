/**
 * The line that runs out, and the time in figures beside it: on the server's clock. Each second is drawn when it is due;
 * between them the line glides (unless the person wants less motion).
 */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ServerClock } from "../client/clock";
import type { QuestionView } from "../client/view";
import { number, t } from "../i18n";
import { announce, wantsLessMotion } from "./announcer";
import { useRedraw } from "./hooks";

const STEP_MS = 100;
const MINUTES_FROM_S = 100;
const SHORT_S = 5;
const SPOKEN: ReadonlySet<number> = new Set([10, SHORT_S]);

interface Timed {
  question: QuestionView;
  clock: ServerClock;
}

const leftMs = ({ question, clock }: Timed): number | null => {
  const nowMs = clock.now();
  if (nowMs === null) return null;
  // A question may be shown a moment before it opens: its time has not begun by then.
  return Math.min(question.time_limit_ms, Math.max(0, question.closes_at_ms - nowMs));
};

/** Whole seconds left; null before the server's time is known. `onEnd` is called once, when none is left. */
export function useSecondsLeft({ question, clock }: Timed, onEnd?: () => void): number | null {
  const [leftS, setLeft] = useState<number | null>(null);
  const end = useRef(onEnd);
  end.current = onEnd;
  useLayoutEffect(() => {
    const look = () => {
      const left = leftMs({ question, clock });
      setLeft(left === null ? null : Math.ceil(left / 1000));
      if (left !== 0) return;
      clearInterval(timer);
      end.current?.();
    };
    const timer = setInterval(look, STEP_MS);
    look();
    return () => clearInterval(timer);
  }, [question, clock]);
  return leftS;
}

/** It is shown, and takes no answers yet: time to read it. */
export function useIsEarly({ question, clock }: Timed): boolean {
  const redraw = useRedraw();
  const earlyMs = question.opened_at_ms - (clock.now() ?? question.opened_at_ms);
  useEffect(() => {
    if (earlyMs <= 0) return;
    const timer = setTimeout(redraw, earlyMs);
    return () => clearTimeout(timer);
  }, [question, earlyMs <= 0]);
  return earlyMs > 0;
}

export function TimeLine({ question, clock }: Timed) {
  const bar = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const draw = () => {
      const left = leftMs({ question, clock });
      if (left === null || bar.current === null) return;
      const shown = wantsLessMotion() ? Math.ceil(left / 1000) * 1000 : left;
      bar.current.style.setProperty("--share", String(Math.min(1, shown / question.time_limit_ms)));
      bar.current.parentElement?.classList.toggle("is-short", left <= SHORT_S * 1000);
    };
    const timer = setInterval(draw, STEP_MS);
    draw();
    return () => clearInterval(timer);
  }, [question, clock]);
  return (
    <div class="timeline" aria-hidden="true">
      <span class="timeline-bar" ref={bar} />
    </div>
  );
}

/** The figures. Spoken at 10 and 5 seconds, not at each. */
export function TimeLeft({ leftS }: { leftS: number | null }) {
  const first = useRef(leftS);
  useEffect(() => {
    if (leftS !== null && leftS !== first.current && SPOKEN.has(leftS)) announce(t("time.left", { count: leftS }));
  }, [leftS]);
  const isLong = leftS !== null && leftS >= MINUTES_FROM_S;
  return (
    <p class={`clock ${leftS !== null && leftS <= SHORT_S ? "is-short" : ""}`} role="timer" aria-live="off">
      <span class="seconds">{leftS === null ? "–" : isLong ? minutes(leftS) : number(leftS)}</span>
      {leftS !== null && (
        <span class="unseen"> {isLong ? t("time.minutes") : t("time.seconds", { count: leftS })}</span>
      )}
    </p>
  );
}

const minutes = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

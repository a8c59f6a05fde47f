/** An open question: the answers in sight, the time, and at once what became of one's own answer. */

import { useEffect, useState } from "preact/hooks";
import type { OwnAnswer } from "../client/outbox";
import type { QuestionView } from "../client/view";
import { hasAnswered, type LiveView, ownResult } from "../client/view";
import { t } from "../i18n";
import { refusalText } from "../i18n/refusals";
import { AnswerForm } from "../parts/answers";
import { Board } from "../parts/board";
import { TimeLeft, TimeLine, useIsEarly, useSecondsLeft } from "../parts/countdown";
import { useAnnounced, useTune } from "../parts/hooks";
import { QuestionHead } from "../parts/question_head";
import type { PlayProps } from "./play_props";
import { pointsText } from "./verdict";

// A countdown may be off by half a round trip: what comes this late may still be on time. The server judges.
const GRACE_MS = 500;

/** What to say of one's answer, and whether the form takes another. */
interface Status {
  words: string;
  kind: "" | "is-good" | "is-bad";
  isLocked: boolean;
}

export function Question(props: PlayProps) {
  const { question } = props.view.session;
  return question ? <OpenQuestion {...props} question={question} /> : null;
}

interface Opened extends PlayProps {
  question: QuestionView;
  /** No time is left, and what is late would be too late. */
  onOver?: () => void;
}

export function OpenQuestion({ view, client, player, question, onOver }: Opened) {
  const { clock } = client.feed;
  const [isOver, end] = useIsOver(onOver);
  const leftS = useSecondsLeft({ question, clock }, end);
  const isEarly = useIsEarly({ question, clock });
  const answer = client.answerTo(question.index);
  const status = statusOf(answer, view, question.index);
  const words =
    status.words ||
    (isOver ? t("time.up") : isEarly ? t("time.ready") : lateStartText(view, player.starting_points));
  useTune(status.words === "" ? "open" : status.kind === "is-good" ? "sent" : "");
  useAnnounced(words);
  return (
    <div class="screen is-question">
      <TimeLine question={question} clock={clock} />
      <QuestionHead session={view.session} question={question} clock={<TimeLeft leftS={leftS} />} />
      <AnswerForm
        question={question}
        seed={`${player.player_id}/${question.index}`}
        own={answer?.value ?? null}
        isLocked={status.isLocked || isOver || isEarly}
        onAnswer={(value) => client.answer(question.index, value)}
      />
      <p class={`status ${status.kind}`}>{words}</p>
      {!view.leaderboard?.held && (
        <aside class={`side ${status.isLocked ? "is-useful" : ""}`}>
          <Board leaderboard={view.leaderboard} me={view.me} limit={5} title={t("board.live")} />
        </aside>
      )}
    </div>
  );
}

/** Until there is a place that counts them. */
const lateStartText = ({ me }: LiveView, points = 0): string =>
  points === 0 || typeof me?.rank === "number" ? "" : t("status.late", { count: points });

function useIsOver(onOver?: () => void): [boolean, () => void] {
  const [endedMs, setEnded] = useState<number | null>(null);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    if (endedMs === null) return;
    const timer = setTimeout(() => {
      setOver(true);
      onOver?.();
    }, GRACE_MS);
    return () => clearTimeout(timer);
  }, [endedMs]);
  return [isOver, () => setEnded(performance.now())];
}

function statusOf(answer: OwnAnswer | null, view: LiveView, index: number): Status {
  const result = ownResult(view, index);
  if (result) {
    const isSilent = result.gained === 0 && !result.correct;
    const words = isSilent ? t("status.in") : t("status.gained", { points: pointsText(result.gained) });
    return { words, kind: result.correct ? "is-good" : "", isLocked: true };
  }
  if (answer?.state === "acked" || (answer === null && hasAnswered(view, index))) {
    const mayChange = view.session.settings?.answer_change === true;
    const words = mayChange ? "status.change" : isHeld(view) ? "status.held" : "status.in";
    return { words: t(words), kind: "is-good", isLocked: !mayChange };
  }
  if (answer === null) return { words: "", kind: "", isLocked: false };
  if (answer.refusal === null) return { words: t("status.sending"), kind: "", isLocked: true };
  const mayTryAgain = answer.refusal.code === "answer_invalid" || answer.refusal.code === "rate_limited";
  return { words: refusalText(answer.refusal), kind: "is-bad", isLocked: !mayTryAgain };
}

/** Nobody learns what an answer gave before the question closes. */
const isHeld = ({ session }: LiveView): boolean => session.settings?.results === "at_close";

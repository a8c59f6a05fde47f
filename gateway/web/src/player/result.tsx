/** A closed question: whether one was right, what was right, and where one stands. */

import type { OwnAnswer } from "../client/outbox";
import type { QuestionView } from "../client/view";
import { hasAnswered, type LiveView, ownResult, players } from "../client/view";
import { ordinal, rich, t } from "../i18n";
import { refusalText } from "../i18n/refusals";
import { Board } from "../parts/board";
import { useAnnounced } from "../parts/hooks";
import { People } from "../parts/people";
import { QuestionHead } from "../parts/question_head";
import { RightAnswer } from "../parts/right_answer";
import type { PlayProps } from "./play";
import { pointsText } from "./question";

interface Verdict {
  kind: "" | "is-good" | "is-bad";
  title: string;
  detail: string;
}

export function Result(props: PlayProps) {
  const { question } = props.view.session;
  return question ? <ClosedQuestion {...props} question={question} /> : null;
}

function ClosedQuestion({ view, client, question }: PlayProps & { question: QuestionView }) {
  const answer = client.answerTo(question.index);
  const verdict = verdictOf(view, answer, question);
  const detail = [verdict.detail, placeText(view)].filter(Boolean).join(" ");
  useAnnounced(`${verdict.title} ${detail}`);
  return (
    <div class="screen is-result">
      <div class={`verdict ${verdict.kind}`}>
        <p class="verdict-title">{verdict.title}</p>
        <p class="verdict-detail">{detail}</p>
      </div>
      <section class="answer-part">
        <QuestionHead session={view.session} />
        <RightAnswer question={question} reveal={view.session.reveal ?? null} own={answer?.value.choices} />
        <OwnWords question={question} answer={answer} />
      </section>
      <Board leaderboard={view.leaderboard} me={view.me} />
    </div>
  );
}

/** What was answered, where no marked choice shows it. */
function OwnWords({ question, answer }: { question: QuestionView; answer: OwnAnswer | null }) {
  if (answer?.value.text)
    return <p class="soft">{rich("result.wrote", { answer: <People text={answer.value.text} /> })}</p>;
  if (question.type !== "order" || !answer) return null;
  const order = (answer.value.choices ?? []).map((index, place) => (
    <>
      {place > 0 && " · "}
      <People text={question.choices[index] ?? ""} />
    </>
  ));
  return <p class="soft">{rich("result.order", { answer: order })}</p>;
}

function verdictOf(view: LiveView, answer: OwnAnswer | null, question: QuestionView): Verdict {
  const result = ownResult(view, question.index);
  if (result && question.type === "poll") return { kind: "", title: t("result.vote"), detail: "" };
  if (result) {
    const detail = result.gained === 0 ? "" : t("result.gained", { points: pointsText(result.gained) });
    return result.correct
      ? { kind: "is-good", title: t("result.correct"), detail }
      : { kind: "is-bad", title: t("result.wrong"), detail };
  }
  if (answer?.refusal) return { kind: "is-bad", title: t("result.refused"), detail: refusalText(answer.refusal) };
  const isOnItsWay = answer !== null || hasAnswered(view, question.index);
  return { kind: "", title: t(isOnItsWay ? "result.counting" : "result.none"), detail: "" };
}

export function placeText(view: LiveView): string {
  const { me } = view;
  if (typeof me?.rank !== "number") return "";
  const among = Math.max(players(view), me.rank);
  return t("result.place", { rank: ordinal(me.rank), players: among, count: me.points });
}

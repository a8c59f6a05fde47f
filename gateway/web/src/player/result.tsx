/** A closed question: whether one was right, what was right, and where one stands. */

import type { OwnAnswer } from "../client/outbox";
import type { QuestionView } from "../client/view";
import { rich } from "../i18n";
import { Board } from "../parts/board";
import { useAnnounced, useTune } from "../parts/hooks";
import { People } from "../parts/people";
import { QuestionHead } from "../parts/question_head";
import { RightAnswer } from "../parts/right_answer";
import { TeamBoard } from "../parts/team_board";
import type { PlayProps } from "./play_props";
import { placeText } from "./standing_text";
import { tuneOf, verdictOf } from "./verdict";

export function Result(props: PlayProps) {
  const { question } = props.view.session;
  return question ? <ClosedQuestion {...props} question={question} /> : null;
}

function ClosedQuestion({ view, client, question }: PlayProps & { question: QuestionView }) {
  const answer = client.answerTo(question.index);
  const verdict = verdictOf(view, answer, question);
  const detail = [verdict.detail, placeText(view)].filter(Boolean).join(" ");
  useTune(tuneOf(verdict));
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
      <TeamBoard view={view} />
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

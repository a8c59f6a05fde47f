/** An open question in the room: the question, the choices, the time, how many have answered. */

import { answered, players, type QuestionView } from "../client/view";
import { t } from "../i18n";
import { shuffled } from "../parts/answers/shuffled";
import { Board } from "../parts/board";
import { ChoiceList } from "../parts/choices";
import { TimeLeft, TimeLine, useSecondsLeft } from "../parts/countdown";
import { useTicks, useTune } from "../parts/hooks";
import { QuestionHead } from "../parts/question_head";
import type { SceneProps } from "./scene_props";

export function QuestionScene(props: SceneProps) {
  const { question } = props.view.session;
  return question ? <OpenQuestion {...props} question={question} /> : null;
}

function OpenQuestion({ view, clock, question }: SceneProps & { question: QuestionView }) {
  const leftS = useSecondsLeft({ question, clock });
  useTune("open");
  useTicks(leftS);
  return (
    <div class="screen is-question is-room">
      <TimeLine question={question} clock={clock} />
      <section class="answer-part">
        <QuestionHead session={view.session} clock={<TimeLeft leftS={leftS} />} />
        {question.choices.length > 0 ? (
          <ChoiceList question={question} order={shownOrder(question, view.session.title)} />
        ) : (
          <p class="soft hint">{t(question.type === "number" ? "wall.number" : "wall.text")}</p>
        )}
      </section>
      <aside class="side is-useful">
        <Tally answered={answered(view)} players={players(view)} />
        {!view.leaderboard?.held && <Board leaderboard={view.leaderboard} limit={5} title={t("board.live")} />}
      </aside>
    </div>
  );
}

/** Choices to be put in order must not stand in the right one. */
const shownOrder = (question: QuestionView, title: string): number[] | undefined =>
  question.type === "order" ? shuffled(question.choices.length, `${title}${question.index}`) : undefined;

function Tally({ answered: done, players: all }: { answered: number; players: number }) {
  const share = all > 0 ? Math.min(1, done / all) : 0;
  return (
    <div class="tally">
      <p>{t("answered", { answered: done, count: all })}</p>
      <span class="tally-bar" aria-hidden="true">
        <span class="tally-fill" style={{ "--share": String(share) }} />
      </span>
    </div>
  );
}

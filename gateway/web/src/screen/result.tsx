/** A closed question in the room: what was right, and how the board moved. */

import { answered, players } from "../client/view";
import { t } from "../i18n";
import { Board } from "../parts/board";
import { QuestionHead } from "../parts/question_head";
import { RightAnswer } from "../parts/right_answer";
import { shownLines, TeamBoard } from "../parts/team_board";
import type { SceneProps } from "./scene_props";

export function ResultScene({ view }: SceneProps) {
  const { question, reveal } = view.session;
  if (!question) return null;
  return (
    <div class="screen is-result is-room">
      <section class="answer-part">
        <QuestionHead session={view.session} />
        <RightAnswer question={question} reveal={reveal ?? null} />
        <p class="soft tally-line">{t("answered.players", { answered: answered(view), count: players(view) })}</p>
      </section>
      <div class="side">
        <Board leaderboard={view.leaderboard} limit={shownLines(view)} />
        <TeamBoard view={view} />
      </div>
    </div>
  );
}

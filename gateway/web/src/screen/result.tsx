/** A closed question in the room: what was right, how often each was picked, and how the board moved. */

import { answerCounts } from "../client/counts";
import { answered, type LiveView, players } from "../client/view";
import { percent, t } from "../i18n";
import { Board } from "../parts/board";
import { QuestionHead } from "../parts/question_head";
import { RightAnswer } from "../parts/right_answer";
import { shownLines, TeamBoard } from "../parts/team_board";
import { Picked } from "./picked";
import type { SceneProps } from "./scene_props";
import { useSettling } from "./settling";

export const ResultScene = ({ view, code }: SceneProps) =>
  code === undefined ? <Result view={view} /> : <CountedResult view={view} code={code} />;

function CountedResult({ view, code }: { view: LiveView; code: string }) {
  const counts = useSettling(view, (index) => answerCounts(code, index));
  if (counts === null) return <Result view={view} />;
  const { picked, correct } = counts;
  const most = Math.max(1, ...picked);
  return (
    <Result
      view={view}
      beside={(index) => picked[index] !== undefined && <Picked count={picked[index]} most={most} />}
      share={correct === null || counts.answered === 0 ? null : correct / counts.answered}
    />
  );
}

interface Props {
  view: LiveView;
  /** Stands with each choice. */
  beside?: (index: number) => preact.ComponentChildren;
  /** Of those who answered, how many were right. */
  share?: number | null;
}

function Result({ view, beside, share = null }: Props) {
  const { question, reveal } = view.session;
  if (!question) return null;
  return (
    <div class="screen is-result is-room">
      <section class="answer-part">
        <QuestionHead session={view.session} />
        <RightAnswer question={question} reveal={reveal ?? null} beside={beside} />
        <p class="soft tally-line">
          {t("answered.players", { answered: answered(view), count: players(view) })}
          {share !== null && <strong class="tally-right">{t("chart.share", { share: percent(share) })}</strong>}
        </p>
      </section>
      <div class="side">
        <Board leaderboard={view.leaderboard} limit={shownLines(view)} />
        <TeamBoard view={view} />
      </div>
    </div>
  );
}

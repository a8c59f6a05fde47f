/** A self-paced session: one's next question whenever one asks for it, by one's own clock. */

import { useState } from "preact/hooks";
import type { QuestionBody } from "../client/protocol.gen";
import { hasAnswered, type LiveView } from "../client/view";
import { t, timeOfDay } from "../i18n";
import { refusalText } from "../i18n/refusals";
import { Board } from "../parts/board";
import { useAnnounced, useTune } from "../parts/hooks";
import { People } from "../parts/people";
import { Route } from "../parts/route";
import { Stage } from "../parts/stage";
import { TeamBoard } from "../parts/team_board";
import { verdictOfOwn } from "./own_verdict";
import type { PlayProps } from "./play_props";
import { OpenQuestion } from "./question";
import { placeText } from "./standing_text";
import { tuneOf } from "./verdict";

/** Holds a stage of its own: its screens change while the session's phase does not. */
export function OwnPaceScreens(props: PlayProps) {
  const { pace, feed } = props.client;
  const [overAt, endAt] = useState(-1);
  const { current } = pace;
  if (current === null)
    return (
      <Stage screen="running before">
        <Before {...props} />
      </Stage>
    );
  const { index, closes_at_ms } = current.question;
  const isOver = overAt === index || closes_at_ms <= (feed.clock.now() ?? 0);
  const isDone = isOver || isSettled(props, current);
  return (
    <Stage screen={`running ${isDone ? "after" : "in"} ${index}`}>
      {isDone ? (
        <After {...props} opened={current} isOver={isOver} />
      ) : (
        <OpenQuestion {...props} question={current.question} onOver={() => endAt(index)} />
      )}
    </Stage>
  );
}

/** An answer is safe, or one came in from another device. */
function isSettled({ view, client }: PlayProps, { question, answered }: QuestionBody): boolean {
  const { index } = question;
  if (answered || hasAnswered(view, index) || client.pace.resultOf(index) !== null) return true;
  const answer = client.answerTo(index);
  return answer?.state === "acked" || answer?.refusal?.code === "answer_already_given";
}

function Before({ view, client, player }: PlayProps) {
  const { title, question_count } = view.session;
  return (
    <div class="screen is-narrow is-centred">
      <div class="ticket">
        <p class="ticket-title">
          <People text={title} />
        </p>
        <h1 tabIndex={-1} data-focus>
          {t("pace.title")}
        </h1>
        <p>{t("pace.text")}</p>
        <div class="ticket-stub">
          <strong>{t("questions", { count: question_count })}</strong>
          {!player.practice && (
            <span>
              <Until view={view} />
            </span>
          )}
        </div>
      </div>
      <NextButton client={client} words={t("pace.start")} />
    </div>
  );
}

function After({
  view,
  client,
  player,
  opened,
  isOver,
  onLeave,
}: PlayProps & { opened: QuestionBody; isOver: boolean }) {
  const { index } = opened.question;
  const { question_count } = view.session;
  const isLast = index + 1 >= question_count;
  const verdict = verdictOfOwn({ view, client, opened, isOver });
  const isAlone = view.leaderboard?.held || player.practice;
  const detail = [verdict.detail, isAlone ? "" : placeText(view)].filter(Boolean).join(" ");
  useTune(tuneOf(verdict));
  useAnnounced(`${verdict.title} ${detail}`);
  return (
    <div class="screen is-result">
      <div class="progress">
        <p class="kicker">{t("pace.progress", { done: index + 1, count: question_count })}</p>
        <Route index={index} count={question_count} />
      </div>
      <div class={`verdict ${verdict.kind}`}>
        <h1 class="verdict-title" tabIndex={-1} data-focus>
          {verdict.title}
        </h1>
        {detail !== "" && <p class="verdict-detail">{detail}</p>}
      </div>
      {!isLast && <NextButton client={client} words={t("pace.next")} />}
      {player.practice ? (
        isLast && <PracticeEnd view={view} onLeave={onLeave} />
      ) : (
        <Others view={view} isLast={isLast} />
      )}
    </div>
  );
}

/** Where one stands among the others, as far as it is told by now. */
const Others = ({ view, isLast }: { view: LiveView; isLast: boolean }) => (
  <>
    {isLast && <p>{t("pace.done")}</p>}
    <p class="soft">
      <Until view={view} />
    </p>
    {!view.leaderboard?.held && <Board leaderboard={view.leaderboard} me={view.me} title={t("board.live")} />}
    {!view.leaderboard?.held && <TeamBoard view={view} />}
  </>
);

/** Nobody else is waited for. */
const PracticeEnd = ({ view, onLeave }: Pick<PlayProps, "view" | "onLeave">) => (
  <>
    <p>{t("practice.done", { count: view.me?.points ?? 0 })}</p>
    <button type="button" class="button is-primary is-next" onClick={onLeave}>
      {t("practice.again")}
    </button>
  </>
);

/** Not `disabled` while it asks: that would throw the keyboard's focus away. */
function NextButton({ client, words }: { client: PlayProps["client"]; words: string }) {
  const { isAsking, refusal } = client.pace;
  return (
    <>
      {refusal !== null && (
        <p class="problem" role="alert">
          {refusalText(refusal)}
        </p>
      )}
      <button
        type="button"
        class="button is-primary is-next"
        aria-disabled={isAsking}
        onClick={() => client.openNext()}
      >
        {isAsking ? t("pace.opening") : words}
      </button>
    </>
  );
}

const Until = ({ view }: { view: LiveView }) => {
  const { ends_at_ms = 0 } = view.session;
  return ends_at_ms > 0 ? t("pace.until", { time: timeOfDay(ends_at_ms) }) : null;
};

/** A self-paced session in the room: how to come in, until when, and how the board grows. */

import { players } from "../client/view";
import { rich, t, timeOfDay } from "../i18n";
import { Board } from "../parts/board";
import { People } from "../parts/people";
import { Qr } from "../parts/qr";
import { TeamBoard } from "../parts/team_board";
import { Flaps, joinLink } from "./lobby";
import type { SceneProps } from "./scene_props";

export function RunningScene({ view }: SceneProps) {
  const { title, question_count, ends_at_ms = 0, locked } = view.session;
  const link = joinLink(view.code);
  const isHeld = view.leaderboard?.held === true;
  return (
    <div class="screen is-room is-running">
      <section class="finale">
        <p class="kicker">
          <People text={title} />
        </p>
        <h1 tabIndex={-1} data-focus>
          {t("pace.title")}
        </h1>
        <p class="tally-line facts">
          <span>{t("questions", { count: question_count })}</span>
          {ends_at_ms > 0 && <span>{t("pace.until", { time: timeOfDay(ends_at_ms) })}</span>}
        </p>
        {!locked && (
          <div class="invite is-small">
            <div class="invite-words">
              <p class="kicker">{rich("invite.join", { address: <bdi class="address">{location.host}</bdi> })}</p>
              <Flaps code={view.code} />
            </div>
            <div class="invite-qr">
              <Qr text={link} label={t("invite.qr", { link })} />
            </div>
          </div>
        )}
      </section>
      {isHeld ? (
        <div class="side">
          <p class="big-count">{t("players", { count: players(view) })}</p>
          <p class="tally-line soft">{t("pace.held")}</p>
        </div>
      ) : (
        <div class="side">
          <Board leaderboard={view.leaderboard} title={t("board.live")} />
          <TeamBoard view={view} />
        </div>
      )}
    </div>
  );
}

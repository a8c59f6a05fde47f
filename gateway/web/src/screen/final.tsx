/** The end in the room: three on a podium, the others on the board. */

import type { LiveView } from "../client/view";
import { rich, t } from "../i18n";
import { Board } from "../parts/board";
import { useAnnounced, useTune } from "../parts/hooks";
import { People } from "../parts/people";
import { Podium } from "../parts/podium";
import { shownLines, TeamBoard } from "../parts/team_board";
import type { SceneProps } from "./scene_props";

export function FinalScene({ view }: SceneProps) {
  const top = view.leaderboard?.top ?? [];
  const winner = winnerOf(view);
  const over = t(view.session.cancelled ? "final.cancelled" : "final.over");
  useTune("end");
  useAnnounced(winner === null ? over : t("final.winner", { name: winner }));
  return (
    <div class="screen is-final is-room">
      <div class="finale">
        <p class="kicker">
          <People text={view.session.title} />
        </p>
        <h1 tabIndex={-1} data-focus>
          {winner === null ? over : rich("final.winner", { name: <People class="marked" text={winner} /> })}
        </h1>
        {winner !== null && <Podium top={top} />}
      </div>
      {!view.session.cancelled && (
        <div class="side">
          <Board leaderboard={view.leaderboard} limit={shownLines(view)} title={t("board.final")} />
          <TeamBoard view={view} />
        </div>
      )}
    </div>
  );
}

/** Nobody wins a session that was cancelled, or that gave no points. */
function winnerOf({ session, leaderboard }: LiveView): string | null {
  const [best] = leaderboard?.top ?? [];
  return session.cancelled || best === undefined || best.points <= 0 ? null : best.nickname;
}

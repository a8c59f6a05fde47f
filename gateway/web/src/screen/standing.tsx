/** The boards alone, between two questions. */

import { t } from "../i18n";
import { Board } from "../parts/board";
import { People } from "../parts/people";
import { TeamBoard } from "../parts/team_board";
import type { SceneProps } from "./scene_props";

export const BoardScene = ({ view }: SceneProps) => (
  <div class="screen is-room is-board">
    <div class="finale">
      <p class="kicker">
        <People text={view.session.title} />
      </p>
      <h1 tabIndex={-1} data-focus>
        {t("board.title")}
      </h1>
    </div>
    <div class="boards">
      <Board leaderboard={view.leaderboard} title={t("board.live")} />
      <TeamBoard view={view} />
    </div>
  </div>
);

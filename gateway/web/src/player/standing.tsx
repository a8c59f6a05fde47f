/** Between two questions: where one stands. */

import { t } from "../i18n";
import { Board } from "../parts/board";
import { useAnnounced } from "../parts/hooks";
import { TeamBoard } from "../parts/team_board";
import type { PlayProps } from "./play_props";
import { placeText } from "./standing_text";

export function Standing({ view }: PlayProps) {
  const words = placeText(view);
  useAnnounced(words);
  return (
    <div class="screen is-result">
      <h1 tabIndex={-1} data-focus>
        {t("board.title")}
      </h1>
      {words !== "" && <p class="verdict">{words}</p>}
      <Board leaderboard={view.leaderboard} me={view.me} title={t("board.live")} />
      <TeamBoard view={view} />
    </div>
  );
}

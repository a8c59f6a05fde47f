/** The end in the room: three on a podium, the others on the board. */

import type { BoardEntry } from "../client/protocol.gen";
import { number, rich, t } from "../i18n";
import { Board } from "../parts/board";
import { useAnnounced } from "../parts/hooks";
import { People } from "../parts/people";
import type { SceneProps } from "./scenes";

const STEPS = 3;

export function FinalScene({ view }: SceneProps) {
  const top = view.leaderboard?.top ?? [];
  const [best] = top;
  const hasWinner = best !== undefined && best.points > 0;
  useAnnounced(hasWinner ? t("final.winner", { name: best.nickname }) : t("final.over"));
  return (
    <div class="screen is-final is-room">
      <div class="finale">
        <p class="kicker">
          <People text={view.session.title} />
        </p>
        <h1 tabIndex={-1} data-focus>
          {hasWinner
            ? rich("final.winner", { name: <People class="marked" text={best.nickname} /> })
            : t("final.over")}
        </h1>
        {hasWinner && <Podium top={top.filter((entry) => entry.points > 0).slice(0, STEPS)} />}
      </div>
      <Board leaderboard={view.leaderboard} title={t("board.final")} />
    </div>
  );
}

/** For the eye: the board beside it says the same. */
const Podium = ({ top }: { top: readonly BoardEntry[] }) => (
  <div class="podium" aria-hidden="true">
    {top.map((entry, place) => (
      <div key={entry.player_id} class={`step step-${place + 1}`}>
        <People class="step-name" text={entry.nickname} />
        <span class="step-block">
          <span class="step-rank">{number(entry.rank)}</span>
          <span class="step-points">{number(entry.points)}</span>
        </span>
      </div>
    ))}
  </div>
);

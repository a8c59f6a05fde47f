/** All teams, the best first: drawn as the players' board is. */

import type { TeamLine } from "../client/protocol.gen";
import type { LiveView } from "../client/view";
import { number, t } from "../i18n";
import { useGlide } from "./glide";
import { People } from "./people";

/** A team's name by its index. */
export const teamName = (view: LiveView, team: number): string => view.session.settings?.teams?.[team] ?? "";

/** How many players stand above the teams on one wall; without teams, as many as there are to show. */
export const shownLines = (view: LiveView): number => ((view.leaderboard?.teams ?? []).length > 0 ? 5 : 10);

export function TeamBoard({ view }: { view: LiveView }) {
  const list = useGlide();
  const teams = view.leaderboard?.teams ?? [];
  if (teams.length === 0) return null;
  const best = Math.max(1, ...teams.map((line) => line.points));
  return (
    <section class="board is-teams" aria-label={t("board.teams")}>
      <h2 class="board-title">{t("board.teams")}</h2>
      <ol class="board-lines" role="list" ref={list}>
        {teams.map((line) => (
          <Team key={line.team} view={view} line={line} share={line.points / best} />
        ))}
      </ol>
    </section>
  );
}

function Team({ view, line, share }: { view: LiveView; line: TeamLine; share: number }) {
  const isMine = view.me?.team === line.team;
  return (
    <li class={`board-line ${isMine ? "is-me" : ""}`} data-id={line.team}>
      <span class="rank">{number(line.rank)}</span>
      <span class="board-who">
        <People class="name" text={teamName(view, line.team)} />
        {isMine && <span class="you">{t("board.yours")}</span>}
        <span class="soft team-size">{t("players", { count: line.players })}</span>
      </span>
      <span class="points">{number(line.points)}</span>
      <span class="board-bar" aria-hidden="true" style={{ "--share": String(Math.max(0, Math.min(1, share))) }} />
    </li>
  );
}

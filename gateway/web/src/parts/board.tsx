/** The leaderboard. Players keep their line while they move, so that one is seen passing the other. */

import type { LeaderboardUpdated } from "../client/protocol.gen";
import type { OwnPlace } from "../client/view";
import { number, t } from "../i18n";
import { useGlide } from "./glide";
import { People } from "./people";

interface Line {
  rank: number;
  player_id: string;
  nickname: string;
  points: number;
}

interface Props {
  leaderboard: LeaderboardUpdated | null;
  /** Marked, and given a line of its own below when not among those shown. */
  me?: OwnPlace | null;
  limit?: number;
  title?: string;
}

export function Board({ leaderboard, me = null, limit = 10, title = t("board.title") }: Props) {
  const list = useGlide();
  const top = (leaderboard?.top ?? []).slice(0, limit);
  const best = Math.max(1, ...top.map((entry) => entry.points));
  const lines: readonly Line[] =
    isRanked(me) && !top.some((entry) => entry.player_id === me.player_id) ? [...top, me] : top;
  return (
    <section class="board" aria-label={title}>
      <h2 class="board-title">{title}</h2>
      {lines.length === 0 && <p class="soft board-empty">{t("board.empty")}</p>}
      <ol class="board-lines" role="list" ref={list}>
        {lines.map((line) => (
          <BoardLine
            key={line.player_id}
            line={line}
            share={line.points / best}
            isMe={line.player_id === me?.player_id}
          />
        ))}
      </ol>
    </section>
  );
}

const isRanked = (me: OwnPlace | null): me is OwnPlace & { rank: number } => typeof me?.rank === "number";

function BoardLine({ line, share, isMe }: { line: Line; share: number; isMe: boolean }) {
  return (
    <li class={`board-line ${isMe ? "is-me" : ""}`} data-id={line.player_id}>
      <span class="rank">{number(line.rank)}</span>
      <span class="board-who">
        <People class="name" text={line.nickname} />
        {isMe && <span class="you">{t("board.you")}</span>}
      </span>
      <span class="points">{number(line.points)}</span>
      <span class="board-bar" aria-hidden="true" style={{ "--share": String(Math.max(0, Math.min(1, share))) }} />
    </li>
  );
}

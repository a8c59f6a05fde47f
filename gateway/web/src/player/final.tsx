/** The end: one's place on a card to keep, and the board. */

import { type LiveView, players } from "../client/view";
import { ordinal, t } from "../i18n";
import { Board } from "../parts/board";
import { useAnnounced } from "../parts/hooks";
import { People } from "../parts/people";
import type { PlayProps } from "./play";

export function Final({ view, player, onLeave }: PlayProps) {
  const { title, detail } = wordsOf(view);
  useAnnounced(`${title} ${detail}`);
  return (
    <div class="screen is-final">
      <div class="ticket">
        <p class="ticket-title">
          <People text={view.session.title} />
        </p>
        <h1 tabIndex={-1} data-focus>
          {title}
        </h1>
        <p class="verdict-detail">{detail}</p>
        <div class="ticket-stub">
          <People text={player.nickname} />
          <span>{t("brand")}</span>
        </div>
      </div>
      <Board leaderboard={view.leaderboard} me={view.me} title={t("board.final")} />
      <button type="button" class="button" onClick={onLeave}>
        {t("final.again")}
      </button>
    </div>
  );
}

function wordsOf(view: LiveView): { title: string; detail: string } {
  const { me } = view;
  if (typeof me?.rank !== "number") return { title: t("final.over"), detail: t("final.thanks") };
  const among = t("players", { count: Math.max(players(view), me.rank) });
  return {
    title: t("final.place", { rank: ordinal(me.rank) }),
    detail: t("final.points", { count: me.points, players: among }),
  };
}

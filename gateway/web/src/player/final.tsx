/** The end: one's place on a card to keep, the podium and the boards. */

import { type LiveView, players } from "../client/view";
import { ordinal, t } from "../i18n";
import { Board } from "../parts/board";
import { useAnnounced, useTune } from "../parts/hooks";
import { People } from "../parts/people";
import { Podium } from "../parts/podium";
import { TeamBoard, teamName } from "../parts/team_board";
import { keepCard } from "./card";
import type { PlayProps } from "./play_props";

export function Final({ view, player, onLeave }: PlayProps) {
  const { title, detail } = wordsOf(view);
  useTune("end");
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
      {isRanked(view) && !view.session.cancelled && (
        <button type="button" class="button is-primary" onClick={() => void keep({ view, player })}>
          {t("final.keep")}
        </button>
      )}
      {!view.session.cancelled && <Podium top={view.leaderboard?.top ?? []} />}
      <Board leaderboard={view.leaderboard} me={view.me} title={t("board.final")} />
      <TeamBoard view={view} />
      <button type="button" class="button" onClick={onLeave}>
        {t(player.practice ? "practice.again" : "final.again")}
      </button>
    </div>
  );
}

const isRanked = (view: LiveView): boolean => typeof view.me?.rank === "number";

function keep({ view, player }: Pick<PlayProps, "view" | "player">): Promise<void> {
  const { title: place, detail } = wordsOf(view);
  const { title } = view.session;
  const dir = document.documentElement.dir === "rtl" ? "rtl" : "ltr";
  return keepCard({ brand: t("brand"), title, place, detail, nickname: player.nickname, dir });
}

function wordsOf(view: LiveView): { title: string; detail: string } {
  const { me } = view;
  if (view.session.cancelled) return { title: t("final.cancelled"), detail: t("final.thanks") };
  if (typeof me?.rank !== "number") return { title: t("final.over"), detail: t("final.thanks") };
  const among = t("players", { count: Math.max(players(view), me.rank) });
  const points = t("final.points", { count: me.points, players: among });
  return {
    title: t("final.place", { rank: ordinal(me.rank) }),
    detail: [points, teamText(view)].filter(Boolean).join(" "),
  };
}

function teamText(view: LiveView): string {
  const line = view.leaderboard?.teams?.find(({ team }) => team === view.me?.team);
  return line ? t("final.team", { team: teamName(view, line.team), rank: ordinal(line.rank) }) : "";
}

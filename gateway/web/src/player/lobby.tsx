/** In, and waiting for the start: a ticket to look at. */

import { players } from "../client/view";
import { rich, t } from "../i18n";
import { LanguageMenu } from "../parts/language_menu";
import { People } from "../parts/people";
import { teamName } from "../parts/team_board";
import type { PlayProps } from "./play_props";

export function Lobby({ view, player, onLeave }: PlayProps) {
  return (
    <div class="screen is-narrow is-centred">
      <div class="ticket">
        <p class="ticket-title">
          <People text={view.session.title} />
        </p>
        <h1 tabIndex={-1} data-focus>
          {rich("lobby.welcome", { name: <People class="marked" text={player.nickname} /> })}
        </h1>
        <OwnTeam view={view} player={player} />
        <div class="ticket-stub">
          <span>{t("lobby.code", { code: view.code })}</span>
          <strong>{t("lobby.here", { count: Math.max(1, players(view)) })}</strong>
        </div>
      </div>
      <span class="shuttle" aria-hidden="true" />
      <p class="soft">{t("lobby.wait")}</p>
      <div class="aside">
        <button type="button" class="button is-quiet" onClick={onLeave}>
          {t("lobby.leave")}
        </button>
        <LanguageMenu />
      </div>
    </div>
  );
}

/** The one picked, or the one drawn. */
function OwnTeam({ view, player }: Pick<PlayProps, "view" | "player">) {
  const team = view.me?.team ?? player.team;
  if (typeof team !== "number" || teamName(view, team) === "") return null;
  return <p>{rich("lobby.team", { team: <People class="marked" text={teamName(view, team)} /> })}</p>;
}

/** Everybody who joined, and the way out for those who should not be here. */

import { useEffect, useState } from "preact/hooks";
import type { PlayerListed } from "../client/api.gen";
import type { Drive } from "../client/host";
import { sessionPlayers } from "../client/host_sessions";
import { type LiveView, players } from "../client/view";
import { t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { announce } from "../parts/announcer";
import { Dialog } from "../parts/dialog";
import { People } from "../parts/people";

const MOST_SHOWN = 200;
const SEARCH_FROM = 12;

interface Props {
  view: LiveView;
  drive: Drive;
  onClose: () => void;
}

export function PlayersDialog({ view, drive, onClose }: Props) {
  const { rows, problem } = usePlayers(view, drive);
  const [search, look] = useState("");
  const removed = new Set(view.session.removed ?? []);
  const there = rows?.filter((row) => !removed.has(row.player_id)) ?? [];
  const teams = view.session.settings?.teams ?? [];
  const wanted = search.trim().toLocaleLowerCase();
  const found = there.filter((row) => row.nickname.toLocaleLowerCase().includes(wanted));
  return (
    <Dialog id="players" title={t("control.players")} onClose={onClose}>
      {rows === null && problem === null && <p role="status">{t("players.loading")}</p>}
      {problem !== null && (
        <p class="problem" role="alert">
          {problemText(problem)}
        </p>
      )}
      {rows !== null && there.length === 0 && <p class="soft">{t("players.nobody")}</p>}
      {there.length >= SEARCH_FROM && (
        <div class="field">
          <label class="label" htmlFor="player-search">
            {t("players.search")}
          </label>
          <input
            id="player-search"
            class="typed"
            type="search"
            value={search}
            onInput={(event) => look(event.currentTarget.value)}
          />
        </div>
      )}
      <ul class="people" role="list">
        {found.slice(0, MOST_SHOWN).map((row) => (
          <Person key={row.player_id} row={row} team={teams[row.team ?? -1] ?? ""} drive={drive} />
        ))}
      </ul>
      {found.length > MOST_SHOWN && <p class="soft">{t("players.narrow", { count: MOST_SHOWN })}</p>}
      {drive.problem !== null && (
        <p class="problem" role="alert">
          {problemText(drive.problem)}
        </p>
      )}
    </Dialog>
  );
}

/** Read anew when more have joined. null: not known yet. */
function usePlayers(view: LiveView, drive: Drive): { rows: readonly PlayerListed[] | null; problem: unknown } {
  const [rows, show] = useState<readonly PlayerListed[] | null>(null);
  const [problem, complain] = useState<unknown>(null);
  const count = players(view);
  useEffect(() => {
    let isOver = false;
    sessionPlayers(drive.hosted).then(
      (there) => {
        if (isOver) return;
        complain(null);
        show(there);
      },
      (error: unknown) => !isOver && complain(error),
    );
    return () => {
      isOver = true;
    };
  }, [count, drive]);
  return { rows, problem };
}

function Person({ row, team, drive }: { row: PlayerListed; team: string; drive: Drive }) {
  const [isAsking, ask] = useState(false);
  const remove = async (command: "kick" | "ban") => {
    if (await drive.command(command, { player_id: row.player_id }))
      announce(t("players.removed", { name: row.nickname }));
    else ask(false);
  };
  return (
    <li class="person">
      <span class="person-name">
        <People text={row.nickname} />
      </span>
      {team !== "" && <People class="soft" text={team} />}
      {isAsking ? (
        <span class="row person-acts">
          <button type="button" class="button is-small" onClick={() => void remove("kick")}>
            {t("players.kick")}
          </button>
          <button type="button" class="button is-small" onClick={() => void remove("ban")}>
            {t("players.ban")}
          </button>
          <button type="button" class="button is-small is-quiet" onClick={() => ask(false)}>
            {t("players.keep")}
          </button>
        </span>
      ) : (
        <button
          type="button"
          class="button is-small is-quiet"
          aria-label={t("players.remove.name", { name: row.nickname })}
          onClick={() => ask(true)}
        >
          {t("players.remove")}
        </button>
      )}
    </li>
  );
}

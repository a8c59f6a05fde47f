/** In the head of the room's screen: the code, for who comes late, and how many are there. */

import { type LiveView, players } from "../client/view";
import { t } from "../i18n";

export function Chip({ view }: { view: LiveView }) {
  const { phase } = view.session;
  if (phase === "lobby") return null; // there both stand large
  const isJoining = phase !== "finished";
  return (
    <>
      {isJoining && (
        <>
          <span class="soft chip-label">{t("join.code")}</span> <strong class="chip-code">{view.code}</strong>
        </>
      )}{" "}
      <span class="chip-players">{t("players", { count: players(view) })}</span>
    </>
  );
}

/** The invitation: address, code and QR for the back of a hall, and who is there already. */

import { useRef } from "preact/hooks";
import { type LiveView, players } from "../client/view";
import { rich, t } from "../i18n";
import { People } from "../parts/people";
import { Qr } from "../parts/qr";
import type { SceneProps } from "./scene_props";

const SHOWN_NAMES = 40;

/** What players open, or scan. */
export const joinLink = (code: string): string => `${location.origin}/?code=${code}`;

export function LobbyScene({ view }: SceneProps) {
  const link = joinLink(view.code);
  const count = players(view);
  return (
    <div class="screen is-lobby">
      <section class="invite">
        <div class="invite-words">
          <p class="kicker">
            <People text={view.session.title} />
          </p>
          <h1 tabIndex={-1} data-focus class="invite-title">
            {rich("invite.join", { address: <bdi class="address">{location.host}</bdi> })}
          </h1>
          <Flaps code={view.code} />
        </div>
        <a class="invite-qr" href={link} target="_blank" rel="noopener">
          <Qr text={link} label={t("invite.qr", { link })} />
        </a>
      </section>
      <section class="arrivals">
        <p class="big-count" role="status">
          {count === 0 ? t("players.none") : t("players", { count })}
        </p>
        <Names view={view} />
      </section>
    </div>
  );
}

/** The code on a departure board's flaps. */
export const Flaps = ({ code }: { code: string }) => (
  <p class="code" dir="ltr" role="img" aria-label={t("invite.code", { letters: Array.from(code).join(" ") })}>
    {Array.from(code, (letter, place) => (
      <span key={place} class="flap">
        {letter}
      </span>
    ))}
  </p>
);

/** Newest first; who is shown already stays where it is. */
function Names({ view }: { view: LiveView }) {
  const seen = useRef<ReadonlySet<string>>(new Set());
  const newest = (view.lobby?.nicknames ?? []).slice(0, SHOWN_NAMES);
  const before = seen.current;
  seen.current = new Set(newest);
  const more = players(view) - newest.length;
  return (
    <ul class="names" role="list" aria-label={t("players.newest")}>
      {newest.map((name) => (
        <li key={name} class={`name ${before.has(name) ? "" : "is-new"}`}>
          <People text={name} />
        </li>
      ))}
      {more > 0 && (
        <li key="" class="name is-more">
          {t("players.more", { count: more })}
        </li>
      )}
    </ul>
  );
}

/** The player's page: join, then play. */

import "../design/index.css";
import "./player.css";
import { useState } from "preact/hooks";
import { forget, load } from "../client/storage";
import { useLanguage } from "../parts/hooks";
import { openPage } from "../parts/page";
import { Join } from "./join";
import { foldedCode, type Pending, type Player, type Wish } from "./joining";
import { Play } from "./play";

type Place = { player: Player } | { wish: Wish & { isPending?: boolean; refusal?: string } };

function PlayerPage() {
  const [place, go] = useState<Place>(firstPlace);
  useLanguage();
  if ("wish" in place) return <Join {...place.wish} onJoined={(player) => go({ player })} />;
  const leave = (refusal?: string) => {
    forget("player", "answers");
    go({ wish: { code: "", nickname: place.player.nickname, team: null, ...(refusal ? { refusal } : {}) } });
  };
  return <Play key={place.player.token} player={place.player} onLeave={leave} />;
}

/** A refresh goes on where the page was; a link with another session's code begins anew. */
function firstPlace(): Place {
  const code = foldedCode(new URLSearchParams(location.search).get("code") ?? "");
  const player = load<Player>("player");
  const pending = load<Pending>("joining");
  if (player && (code === "" || code === player.code)) return { player };
  if (pending && (code === "" || code === pending.code)) return { wish: { ...pending, isPending: true } };
  return { wish: { code, nickname: "", team: null } };
}

void openPage(PlayerPage);

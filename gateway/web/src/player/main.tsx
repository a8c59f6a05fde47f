/** The player's page: join or practise, then play. */

import "../design/index.css";
import "./player.css";
import { useState } from "preact/hooks";
import { forget } from "../client/storage";
import { useLanguage } from "../parts/hooks";
import { openPage } from "../parts/page";
import { arrived, type Place } from "./arrival";
import { Join } from "./join";
import type { Player } from "./joining";
import { Play } from "./play";
import { Practice } from "./practice";

function PlayerPage() {
  const [place, go] = useState<Place>(arrived);
  useLanguage();
  const play = (player: Player) => go({ player });
  if ("practice" in place) return <Practice token={place.practice} onJoined={play} />;
  if ("wish" in place) return <Join {...place.wish} onJoined={play} />;
  const leave = (refusal?: string) => {
    const { nickname, practice } = place.player;
    forget("player", "answers");
    history.replaceState(null, "", "/");
    if (practice && !refusal) return go({ practice });
    go({ wish: { code: "", nickname, team: null, ...(refusal ? { refusal } : {}) } });
  };
  return <Play key={place.player.token} player={place.player} onLeave={leave} />;
}

void openPage(PlayerPage);

/** What every screen of a player gets. */

import type { PlayerClient } from "../client/player";
import type { LiveView } from "../client/view";
import type { Player } from "./joining";

export interface PlayProps {
  view: LiveView;
  client: PlayerClient;
  player: Player;
  onLeave: () => void;
}

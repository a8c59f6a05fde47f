/** How somebody came to the page: back after a refresh, by a session's link, by a link of their own. */

import { forget, load, save } from "../client/storage";
import { foldedCode, type Pending, type Player, type Wish } from "./joining";

export type Place =
  | { player: Player }
  | { wish: Wish & { isPending?: boolean; refusal?: string } }
  /** The token of a link to practise with. */
  | { practice: string };

/** A link's fragment holds what no server may log. It is taken out of the address at once. */
export function arrived(): Place {
  const fragment = new URLSearchParams(location.hash.slice(1));
  if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
  const token = fragment.get("player");
  if (token) return { player: otherDevices(token) };
  const practice = fragment.get("practice");
  return practice ? { practice } : arrivedBefore();
}

/** Who one is, the snapshot tells. */
function otherDevices(token: string): Player {
  const player = { token, player_id: "", session_id: "", nickname: "", code: "" };
  forget("joining", "answers");
  save("player", player);
  return player;
}

/** A refresh goes on where the page was; a link with another session's code begins anew. */
function arrivedBefore(): Place {
  const code = foldedCode(new URLSearchParams(location.search).get("code") ?? "");
  const player = load<Player>("player");
  const pending = load<Pending>("joining");
  if (player && (code === "" || player.code === "" || code === player.code)) return { player };
  if (pending && (code === "" || code === pending.code)) return { wish: { ...pending, isPending: true } };
  return { wish: { code, nickname: "", team: null } };
}

/** Where one stands, in words. */

import { type LiveView, players } from "../client/view";
import { ordinal, t } from "../i18n";

/** One's place, and how far the next better player is ahead; "" before there is a place. */
export function placeText(view: LiveView): string {
  const { me } = view;
  if (typeof me?.rank !== "number") return "";
  const among = Math.max(players(view), me.rank);
  const place = t("result.place", { rank: ordinal(me.rank), players: among, count: me.points });
  return me.ahead ? `${place} ${t("result.ahead", { count: me.ahead })}` : place;
}

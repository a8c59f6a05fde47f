/** Until when a self-paced session runs, by the clock on the wall. */

import type { LiveView } from "../client/view";
import { moment, rich } from "../i18n";

export function Pace({ view }: { view: LiveView }) {
  const endsMs = view.session.ends_at_ms ?? 0;
  if (endsMs === 0) return null;
  return <p class="soft pace">{rich("control.until", { time: <strong>{moment(endsMs)}</strong> })}</p>;
}

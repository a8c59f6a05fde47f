/** What every scene of the room gets. */

import type { ServerClock } from "../client/clock";
import type { LiveView } from "../client/view";

export interface SceneProps {
  view: LiveView;
  clock: ServerClock;
  /** Of the session, where one watches by it. */
  code?: string;
}

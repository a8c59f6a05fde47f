/** What the host's bar and its windows get. */

import type { Drive } from "../client/host";
import type { LiveView } from "../client/view";

export interface ControlProps {
  view: LiveView;
  drive: Drive;
  /** To the library; the session stays as it is. */
  onLeave: () => void;
}

/** Which one is open. */
export type Window = "none" | "more" | "players" | "finish" | "cancel";

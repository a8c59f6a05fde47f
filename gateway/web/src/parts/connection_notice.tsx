/** Says calmly that the connection is away. */

import { useEffect, useState } from "preact/hooks";
import type { FeedState } from "../client/feed";
import { t } from "../i18n";

// A change of gateway takes less than this: nobody need be told.
const CALM_MS = 800;

export function ConnectionNotice({ state }: { state: FeedState }) {
  const isAway = state === "connecting" || state === "reconnecting";
  const [isShown, show] = useState(false);
  useEffect(() => {
    if (!isAway) {
      show(false);
      return;
    }
    const timer = setTimeout(() => show(true), CALM_MS);
    return () => clearTimeout(timer);
  }, [isAway]);
  return (
    <p class="notice" role="status" hidden={!isShown}>
      {isShown && (
        <>
          <span class="notice-dots" aria-hidden="true" />
          {t(state === "connecting" ? "connection.connecting" : "connection.reconnecting")}
        </>
      )}
    </p>
  );
}

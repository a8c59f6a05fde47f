/** Says calmly that the connection is away. */

import type { FeedState } from "../client/feed";
import { t } from "../i18n";
import { useOutlasting } from "./hooks";

/** `words`: to whom it is not about a place and answers of their own. */
export function ConnectionNotice({ state, words }: { state: FeedState; words?: string }) {
  const isShown = useOutlasting(state === "reconnecting");
  return (
    <p class="notice" role="status" hidden={!isShown}>
      {isShown && (
        <>
          <span class="notice-dots" aria-hidden="true" />
          {words ?? t("connection.reconnecting")}
        </>
      )}
    </p>
  );
}

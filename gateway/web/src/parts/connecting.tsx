/** Before a session's first word: for who waits longer than a blink, the page says what it waits for. */

import { t } from "../i18n";
import { useOutlasting } from "./hooks";
import { Stage } from "./stage";

export function Connecting() {
  const isLong = useOutlasting(true);
  return (
    <Stage screen="connecting">
      <div class="screen is-narrow is-centred" role="status">
        {isLong && (
          <>
            <h1 tabIndex={-1}>{t("connection.connecting")}</h1>
            <span class="shuttle" aria-hidden="true" />
          </>
        )}
      </div>
    </Stage>
  );
}

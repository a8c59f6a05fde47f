/** What stands where something is still to come, or could not be had. */

import { t } from "../i18n";
import { problemText } from "../i18n/refusals";

export function Waiting({ problem, onAgain }: { problem: unknown; onAgain: () => void }) {
  if (problem === null)
    return (
      <p class="waiting" role="status">
        <span class="waiting-line" aria-hidden="true" />
        {t("home.loading")}
      </p>
    );
  return (
    <div class="problem-box">
      <p class="problem" role="alert">
        {problemText(problem)}
      </p>
      <button type="button" class="button" onClick={onAgain}>
        {t("home.again")}
      </button>
    </div>
  );
}

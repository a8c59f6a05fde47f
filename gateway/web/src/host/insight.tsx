/** For the host, once a question is closed: what was answered how often. */

import type { Drive } from "../client/host";
import { questionStatistics } from "../client/host_sessions";
import type { LiveView } from "../client/view";
import { t } from "../i18n";
import { useSettling } from "../screen/settling";
import { Difficulty, Distribution } from "./distribution";

export function Insight({ view, drive }: { view: LiveView; drive: Drive }) {
  const statistics = useSettling(view, (index) => questionStatistics(drive.hosted, index));
  if (statistics === null) return null;
  return (
    <section class="insight" aria-labelledby="insight-title">
      <h2 id="insight-title" class="board-title">
        {t("chart.title")}
      </h2>
      <Distribution statistics={statistics} />
      <Difficulty statistics={statistics} />
    </section>
  );
}

/** For the host, once a question is closed: what was answered how often. */

import { useEffect, useState } from "preact/hooks";
import type { QuestionStatistics } from "../client/api.gen";
import type { Drive } from "../client/host";
import { questionStatistics } from "../client/host_sessions";
import type { LiveView } from "../client/view";
import { t } from "../i18n";
import { Difficulty, Distribution } from "./distribution";

// The last answers are scored a moment after the close.
const AGAIN_MS = 1_500;

export function Insight({ view, drive }: { view: LiveView; drive: Drive }) {
  const { phase, question } = view.session;
  const index = phase === "question_closed" && question ? question.index : null;
  const statistics = useStatistics(drive, index);
  if (statistics === null || statistics.index !== index) return null;
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

/** Asked at the close, and once more: nothing is shown where they cannot be had, for the session goes on anyway. */
function useStatistics(drive: Drive, index: number | null): QuestionStatistics | null {
  const [statistics, show] = useState<QuestionStatistics | null>(null);
  useEffect(() => {
    if (index === null) return;
    let isOver = false;
    const ask = () =>
      void questionStatistics(drive.hosted, index).then(
        (told) => !isOver && show(told),
        () => undefined,
      );
    ask();
    const timer = setTimeout(ask, AGAIN_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [drive, index]);
  return statistics;
}

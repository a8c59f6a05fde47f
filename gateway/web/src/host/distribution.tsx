/** How a question went, as bars with their numbers in words beside them: no picture that a screen reader misses. */

import type { QuestionStatistics } from "../client/api.gen";
import { number, percent, t } from "../i18n";
import { Badge, tone } from "../parts/badge";
import { People } from "../parts/people";

const BY_CHOICE: ReadonlySet<string> = new Set(["single", "multiple", "true_false", "poll"]);

export function Distribution({ statistics }: { statistics: QuestionStatistics }) {
  const { distribution, type } = statistics;
  const other = statistics.other_answers ?? 0;
  const most = Math.max(1, other, ...distribution.map((bar) => bar.count));
  if (statistics.answered === 0) return <p class="soft">{t("chart.nobody")}</p>;
  return (
    <ul class="chart" role="list">
      {distribution.map((bar, index) => (
        <li key={index} class={`chart-line ${BY_CHOICE.has(type) ? tone(index) : ""}`}>
          {BY_CHOICE.has(type) && <Badge index={index} />}
          <span class="chart-words">
            <People text={bar.answer} />
            {bar.correct === true && <span class="mark is-good chart-mark">{t("chart.right")}</span>}
          </span>
          <Bar share={bar.count / most} isRight={bar.correct === true} />
          <span class="chart-count">{number(bar.count)}</span>
        </li>
      ))}
      {other > 0 && (
        <li class="chart-line">
          <span class="chart-words soft">{t("chart.others")}</span>
          <Bar share={other / most} isRight={false} />
          <span class="chart-count">{number(other)}</span>
        </li>
      )}
    </ul>
  );
}

const Bar = ({ share, isRight }: { share: number; isRight: boolean }) => (
  <span class={`chart-track ${isRight ? "is-right" : ""}`} aria-hidden="true">
    <span class="chart-bar" style={{ "--share": String(share) }} />
  </span>
);

/** "75% right · 4.1 s in the middle · 2 without an answer" */
export function Difficulty({ statistics }: { statistics: QuestionStatistics }) {
  const { share_correct, median_ms, not_answered } = statistics;
  return (
    <p class="soft difficulty">
      {share_correct !== null && <span>{t("chart.share", { share: percent(share_correct) })}</span>}
      {median_ms !== null && <span>{t("chart.median", { seconds: seconds(median_ms) })}</span>}
      {not_answered > 0 && <span>{t("chart.silent", { players: not_answered })}</span>}
    </p>
  );
}

const seconds = (ms: number): number => Math.round(ms / 100) / 10;

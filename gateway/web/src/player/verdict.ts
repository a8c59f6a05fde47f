/** What to say of a closed question to the player who answered it. */

import type { OwnAnswer } from "../client/outbox";
import { hasAnswered, type LiveView, ownResult, type QuestionView } from "../client/view";
import { signedNumber, t } from "../i18n";
import { refusalText } from "../i18n/refusals";
import type { Tune } from "../parts/sound";

export interface Verdict {
  kind: "" | "is-good" | "is-bad";
  title: string;
  detail: string;
}

export function verdictOf(view: LiveView, answer: OwnAnswer | null, question: QuestionView): Verdict {
  const result = ownResult(view, question.index);
  if (result && question.type === "poll") return { kind: "", title: t("result.vote"), detail: "" };
  if (result) {
    const detail = [gainedText(result.gained), streakText(view)].filter(Boolean).join(" ");
    return result.correct
      ? { kind: "is-good", title: t("result.correct"), detail }
      : { kind: "is-bad", title: t("result.wrong"), detail };
  }
  if (answer?.refusal) return { kind: "is-bad", title: t("result.refused"), detail: refusalText(answer.refusal) };
  const isOnItsWay = answer !== null || hasAnswered(view, question.index);
  return { kind: "", title: t(isOnItsWay ? "result.counting" : "result.none"), detail: "" };
}

export const tuneOf = ({ kind }: Verdict): Tune | "" =>
  kind === "is-good" ? "right" : kind === "is-bad" ? "wrong" : "";

/** "+873 points" */
export const pointsText = (points: number): string =>
  t("points.signed", { count: points, signed: signedNumber(points) });

const gainedText = (gained: number): string =>
  gained === 0 ? "" : t("result.gained", { points: pointsText(gained) });

/** Two in a row are the first that give a bonus. */
function streakText({ me }: LiveView): string {
  const streak = me?.streak ?? 0;
  return streak >= 2 ? t("result.streak", { count: streak }) : "";
}

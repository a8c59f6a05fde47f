/**
 * What the server's reasons are said by: why a quiz, settings or a row of a file cannot be taken. Fetched once there is
 * one to say. The server's own sentences are English: that language needs none here.
 */

import { Refused } from "../../client/api";
import type { QuizProblem } from "../../client/api.gen";
import type { REASONS } from "../../client/reasons.gen";
import { addWords, known, t } from "..";
import type { LanguageCode } from "../languages";
import { problemText } from "../refusals";
import type { Text } from "../text";

type ReasonWords = Readonly<Record<`reason.${keyof typeof REASONS}`, Text>>;

export type { ReasonWords };

export const REASON_WORDS = {
  en: async () => ({}),
  de: async () => (await import("./de")).de,
  es: async () => (await import("./es")).es,
  fr: async () => (await import("./fr")).fr,
  ar: async () => (await import("./ar")).ar,
  vi: async () => (await import("./vi")).vi,
} as const satisfies Record<LanguageCode, () => Promise<ReasonWords | Record<string, never>>>;

type Reason = Pick<QuizProblem, "code" | "values" | "message">;

/** Before the first reason is shown. Where they do not come, it is said in English. */
export const loadReasons = (): Promise<void> => addWords(REASON_WORDS).catch(() => undefined);

export const reasonText = ({ code, values, message }: Reason): string =>
  known(`reason.${code}`, isolated(values)) ?? message;

/** What somebody typed keeps its own order within a sentence from right to left (Unicode's FSI and PDI). */
function isolated(values: Reason["values"]): Reason["values"] {
  if (document.documentElement.dir !== "rtl") return values;
  const pairs = Object.entries(values);
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, typeof value === "string" ? `\u2068${value}\u2069` : value]),
  );
}

/** What to tell a host when the server said no, with each of its reasons, a line each. */
export async function reasonedText(problem: unknown): Promise<string> {
  const reasons = problem instanceof Refused ? problem.reasons : [];
  if (reasons.length === 0) return problemText(problem);
  await loadReasons();
  return reasons.map(placed).join("\n");
}

function placed(reason: QuizProblem): string {
  const text = reasonText(reason);
  return reason.question === null ? text : t("reason.question", { index: reason.question + 1, reason: text });
}

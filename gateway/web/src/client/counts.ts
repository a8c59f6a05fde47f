/** How a closed question went, for whoever has the session's code. */

import { call } from "./api";
import type { AnswerCounts } from "./api.gen";

/** Throws Refused until the question is closed, and where the session takes no spectators. */
export async function answerCounts(code: string, index: number): Promise<AnswerCounts> {
  const path = `/api/sessions/${encodeURIComponent(code)}/questions/${index}/counts`;
  return (await call("GET", path)).body as AnswerCounts;
}

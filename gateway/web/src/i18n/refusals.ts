/** What to tell a person when the server said no, or nothing. */

import { Refused } from "../client/api";
import { known, t } from ".";

/** Codes with details (quiz_invalid, answer_invalid) have no sentence here and show the server's own. */
export const refusalText = ({ code, message }: { code: string; message: string }): string =>
  known(`refused.${code}`) ?? (message || t("refused"));

export const problemText = (problem: unknown): string =>
  problem instanceof Refused ? refusalText(problem) : t("unavailable");

/** What to tell a person when the server said no, or nothing. */

import { Refused } from "../client/api";
import { known, t } from ".";

/** A code without a sentence is no rule's: the page asked for what the server does not know. */
export const refusalText = ({ code }: { code: string }): string => known(`refused.${code}`) ?? t("refused");

export const problemText = (problem: unknown): string =>
  problem instanceof Refused ? refusalText(problem) : t("unavailable");

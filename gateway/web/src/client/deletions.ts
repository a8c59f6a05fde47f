/**
 * Quizzes deleted for good, even where the page is left in the middle of it: the request then races the next page's
 * listing, or never arrives. So the tab remembers each deletion until it is settled, and a listing that comes after it
 * has what is left settled first (`finishDeletions`). A tab that is closed for good has asked once; where that was
 * lost, the quiz is still there.
 */

import { Refused } from "./api";
import { asAuthor } from "./author";
import { deleteQuiz } from "./host_library";
import { load, save } from "./storage";

const KEY = "deletions";

const unsettled = (): readonly string[] => load<string[]>(KEY) ?? [];

const settled = (quizId: string): void =>
  save(
    KEY,
    unsettled().filter((other) => other !== quizId),
  );

const remember = (quizId: string): void => {
  settled(quizId);
  save(KEY, [...unsettled(), quizId]);
};

/** Throws Refused or Unavailable: it stays then, and is not asked for again. */
export async function deleteForGood(quizId: string): Promise<void> {
  remember(quizId);
  try {
    await asAuthor((token) => deleteQuiz(token, quizId));
  } finally {
    settled(quizId);
  }
}

/** The page is being left: nobody is there to be told how it went. */
export function deleteOnLeaving(quizId: string): void {
  remember(quizId);
  asAuthor((token) => deleteQuiz(token, quizId, { isLeaving: true })).then(
    () => settled(quizId),
    () => undefined,
  );
}

/** Whatever the page before, or this one, has not heard the outcome of. Throws Unavailable: then it is still to be done. */
export async function finishDeletions(token: string): Promise<void> {
  for (const quizId of unsettled()) {
    try {
      await deleteQuiz(token, quizId);
    } catch (error) {
      // Refused by a rule, it would be refused again: the listing shows what there is.
      if (!(error instanceof Refused)) throw error;
    }
    settled(quizId);
  }
}

/** The published quizzes, and what one does with each. Deleting waits a while, so that it can be taken back. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { DraftListed, QuizListed, QuizzesListed } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { deleteQuiz, listQuizzes } from "../client/host_library";
import { t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { QuizCard } from "./quiz_card";

const UNDO_MS = 10_000;

interface Props {
  listed: QuizzesListed;
  drafts: readonly DraftListed[];
  onChanged: () => void;
}

export function QuizList({ listed, drafts, onChanged }: Props) {
  const [more, add] = useState<QuizzesListed | null>(null);
  const [problem, complain] = useState("");
  const deletion = useDeletion(onChanged, complain);
  const next = more === null ? listed.next : more.next;
  const shown = [...listed.quizzes, ...(more?.quizzes ?? [])].filter(
    (quiz) => quiz.quiz_id !== deletion.quiz?.quiz_id,
  );
  const goOn = () =>
    asAuthor((token) => listQuizzes(token, next)).then(
      (page) => add({ quizzes: [...(more?.quizzes ?? []), ...page.quizzes], next: page.next }),
      (error: unknown) => complain(problemText(error)),
    );
  return (
    <section class="library-part" aria-label={t("home.title")}>
      <p class="undo" role="status">
        {deletion.quiz !== null && (
          <>
            <span>{t("quiz.deleted", { title: deletion.quiz.title })}</span>
            <button type="button" class="button is-small" onClick={deletion.undo}>
              {t("quiz.undo")}
            </button>
          </>
        )}
      </p>
      {problem !== "" && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="quizzes" role="list">
        {shown.map((quiz) => (
          <QuizCard
            key={quiz.quiz_id}
            quiz={quiz}
            draft={drafts.find((draft) => draft.quiz_id === quiz.quiz_id)}
            onDelete={() => deletion.begin(quiz)}
            onChanged={onChanged}
          />
        ))}
      </ul>
      {next !== null && (
        <button type="button" class="button" onClick={() => void goOn()}>
          {t("home.more")}
        </button>
      )}
    </section>
  );
}

/** A deletion that is done only when its time to be taken back is over, or the page is left. */
function useDeletion(onDone: () => void, complain: (words: string) => void) {
  const [quiz, mark] = useState<QuizListed | null>(null);
  const waiting = useRef<QuizListed | null>(null);
  const finish = (isLeaving: boolean) => {
    const due = waiting.current;
    waiting.current = null;
    if (due === null) return Promise.resolve();
    return asAuthor((token) => deleteQuiz(token, due.quiz_id, { isLeaving })).catch((error: unknown) =>
      complain(problemText(error)),
    );
  };
  useEffect(() => {
    const leave = () => void finish(true);
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);
  useEffect(() => {
    if (quiz === null) return;
    const timer = setTimeout(() => {
      void finish(false).then(() => {
        mark(null);
        onDone();
      });
    }, UNDO_MS);
    return () => clearTimeout(timer);
  }, [quiz]);
  return {
    quiz,
    begin: (next: QuizListed) => {
      void finish(false);
      waiting.current = next;
      mark(next);
    },
    undo: () => {
      waiting.current = null;
      mark(null);
    },
  };
}

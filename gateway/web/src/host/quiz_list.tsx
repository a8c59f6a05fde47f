/** The published quizzes, and what one does with each. Deleting waits a while, so that it can be taken back. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { DraftListed, QuizListed, QuizzesListed } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { deleteForGood, deleteOnLeaving } from "../client/deletions";
import { listQuizzes } from "../client/host_library";
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
  const shown = [...listed.quizzes, ...(more?.quizzes ?? [])].filter((quiz) => !deletion.hidden.has(quiz.quiz_id));
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

/** Deletions are done only when their time to be taken back is over, the next begins, or the page is left. */
function useDeletion(onDone: () => void, complain: (words: string) => void) {
  const [quiz, mark] = useState<QuizListed | null>(null);
  const [hidden, hide] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef<QuizListed | null>(null);
  const taken = (): QuizListed | null => {
    const due = waiting.current;
    waiting.current = null;
    return due;
  };
  const showAgain = ({ quiz_id }: QuizListed) =>
    hide((before) => new Set([...before].filter((other) => other !== quiz_id)));
  const finish = async () => {
    const due = taken();
    if (due === null) return;
    try {
      await deleteForGood(due.quiz_id);
    } catch (error) {
      complain(problemText(error));
      showAgain(due);
    }
  };
  useEffect(() => {
    const leave = () => {
      const due = taken();
      if (due !== null) deleteOnLeaving(due.quiz_id);
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);
  useEffect(() => {
    if (quiz === null) return;
    const timer = setTimeout(() => {
      void finish().then(() => {
        mark((now) => (now === quiz ? null : now));
        onDone();
      });
    }, UNDO_MS);
    return () => clearTimeout(timer);
  }, [quiz]);
  return {
    /** The one that can still be taken back. */
    quiz,
    hidden,
    begin: (next: QuizListed) => {
      void finish();
      waiting.current = next;
      hide((before) => new Set([...before, next.quiz_id]));
      mark(next);
    },
    undo: () => {
      const due = taken();
      if (due !== null) showAgain(due);
      mark(null);
    },
  };
}

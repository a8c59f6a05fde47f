/** One quiz of the library. */

import { useState } from "preact/hooks";
import { randomId } from "../client/api";
import type { DraftListed, QuizListed } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { saveDraft } from "../client/host_drafts";
import { download, duplicateQuiz, practiceLink, showQuiz } from "../client/host_library";
import { moment, t } from "../i18n";
import { problemText } from "../i18n/refusals";
import { People } from "../parts/people";
import { facts } from "./facts";
import { goTo, pathOf } from "./route";

interface Props {
  quiz: QuizListed;
  /** What is being written for its next version. */
  draft: DraftListed | undefined;
  onDelete: () => void;
  onChanged: () => void;
}

export function QuizCard({ quiz, draft, onDelete, onChanged }: Props) {
  const [outcome, say] = useState("");
  const [link, show] = useState("");
  const [problem, complain] = useState("");
  const attempt = (act: () => Promise<unknown>) => () => {
    say("");
    show("");
    complain("");
    void act().catch((error: unknown) => complain(problemText(error)));
  };
  const edit = attempt(async () => goTo({ at: "edit", draftId: await draftOf(quiz, draft) }));
  const duplicate = attempt(async () => {
    await asAuthor((token) =>
      duplicateQuiz(token, quiz.quiz_id, t("quiz.copy", { title: quiz.title }).slice(0, 200)),
    );
    onChanged();
  });
  const practise = attempt(async () => {
    const token = await asAuthor((own) => practiceLink(own, quiz.quiz_id));
    const made = `${location.origin}/#practice=${token}`;
    show(made);
    // A browser may keep its clipboard to itself: then there is the link to copy.
    await navigator.clipboard?.writeText(made).then(
      () => say(t("quiz.practice.copied")),
      () => undefined,
    );
  });
  const take = (format: string) =>
    attempt(() => asAuthor((token) => download(token, `/api/quizzes/${quiz.quiz_id}/export?format=${format}`)));
  return (
    <li class="quiz-card">
      <div class="quiz-words">
        <h2 class="quiz-title">
          <People text={quiz.title} />
        </h2>
        <p class="soft">{facts(t("questions", { count: quiz.question_count }), moment(quiz.published_at_ms))}</p>
      </div>
      <div class="quiz-acts">
        <a class="button is-primary" href={pathOf({ at: "open", quizId: quiz.quiz_id })}>
          {t("quiz.start")}
          <span class="unseen"> {quiz.title}</span>
        </a>
        <button type="button" class="button" onClick={edit}>
          {t("quiz.edit")}
          <span class="unseen"> {quiz.title}</span>
        </button>
      </div>
      <details class="quiz-more">
        <summary>
          {t("control.more")}
          <span class="unseen"> {quiz.title}</span>
        </summary>
        <div class="row is-start">
          <Act words={t("quiz.duplicate")} onPress={duplicate} />
          <Act words={t("quiz.practice")} onPress={practise} />
          <Act words={t("quiz.export", { format: "JSON" })} onPress={take("json")} />
          <Act words={t("quiz.export", { format: "CSV" })} onPress={take("csv")} />
          <Act words={t("quiz.delete")} onPress={onDelete} />
        </div>
      </details>
      <p class="quiz-outcome" role="status">
        {outcome !== "" && `${outcome} `}
        {link !== "" && (
          <a class="quiz-link" href={link} target="_blank" rel="noopener">
            {t("quiz.practice")}
          </a>
        )}
      </p>
      {problem !== "" && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}

const Act = ({ words, onPress }: { words: string; onPress: () => void }) => (
  <button type="button" class="button is-small" onClick={onPress}>
    {words}
  </button>
);

/** The draft of the quiz's next version: the one there is, else a new one made of what is published. */
async function draftOf(quiz: QuizListed, draft: DraftListed | undefined): Promise<string> {
  if (draft !== undefined && draft.published_version === quiz.version) return draft.draft_id;
  if (draft !== undefined && draft.revision !== draft.published_revision) return draft.draft_id;
  const draftId = randomId();
  await asAuthor(async (token) => {
    const { title, questions } = await showQuiz(token, quiz.quiz_id);
    await saveDraft(token, draftId, { revision: 0, quiz_id: quiz.quiz_id, title, questions });
  });
  return draftId;
}

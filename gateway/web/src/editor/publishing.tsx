/** Publishes what is saved as the quiz's next version, or goes to what is still missing. */

import { useEffect, useState } from "preact/hooks";
import type { QuizPublished } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { publishDraft } from "../client/host_drafts";
import { pathOf } from "../host/route";
import { t } from "../i18n";
import { reasonedText } from "../i18n/reasons";
import { Dialog } from "../parts/dialog";
import type { Autosave } from "./autosave";
import type { Document } from "./document";
import { questionProblems } from "./rules";

interface Props {
  draftId: string;
  document: Document;
  saving: Autosave;
  /** For something that belongs into the next version. */
  isWaiting: boolean;
  /** To the question that has one. */
  onProblem: (index: number) => void;
}

export function Publishing({ draftId, document, saving, isWaiting, onProblem }: Props) {
  const [published, tell] = useState<QuizPublished | null>(null);
  const [problem, complain] = useState("");
  const [isBusy, setBusy] = useState(false);
  const isHeld = isBusy || isWaiting;
  // What was said of another document does not hold of this one.
  useEffect(() => complain(""), [document]);
  const publish = async () => {
    complain("");
    const missing = whatIsMissing(document);
    if (missing !== null) {
      if (missing.index !== null) onProblem(missing.index);
      return complain(missing.words);
    }
    setBusy(true);
    try {
      if (await saving.flush()) tell(await asAuthor((token) => publishDraft(token, draftId, saving.revision)));
    } catch (error) {
      complain(await reasonedText(error));
    }
    setBusy(false);
  };
  return (
    <>
      <button
        type="button"
        class="button is-small is-primary"
        aria-disabled={isHeld}
        onClick={() => !isHeld && void publish()}
      >
        {t("editor.publish")}
      </button>
      {problem !== "" && (
        <p class="problem publish-problem" role="alert">
          {problem}
        </p>
      )}
      {published !== null && (
        <Dialog id="published" title={t("editor.published")} onClose={() => tell(null)}>
          <p>{t("editor.published.text", { version: published.version })}</p>
          <div class="row is-start">
            <a class="button is-primary" href={pathOf({ at: "open", quizId: published.quiz_id })}>
              {t("editor.start")}
            </a>
            <a class="button" href={pathOf({ at: "home" })}>
              {t("home.back")}
            </a>
          </div>
        </Dialog>
      )}
    </>
  );
}

function whatIsMissing({ title, questions }: Document): { index: number | null; words: string } | null {
  if (title.trim() === "") return { index: null, words: t("rule.title") };
  if (questions.length === 0) return { index: null, words: t("rule.questions") };
  const index = questions.findIndex((question) => questionProblems(question).length > 0);
  return index < 0 ? null : { index, words: t("rule.question", { index: index + 1 }) };
}

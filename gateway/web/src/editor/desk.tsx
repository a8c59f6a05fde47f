/** Where a quiz is written: its questions, the one at hand, and how players will see it. */

import { useEffect, useMemo, useState } from "preact/hooks";
import type { QuestionType, QuizProblem } from "../client/api.gen";
import { asAuthor } from "../client/author";
import { saveDraft, showDraft } from "../client/host_drafts";
import { pathOf } from "../host/route";
import { t } from "../i18n";
import { announce } from "../parts/announcer";
import { useRedraw } from "../parts/hooks";
import { Autosave } from "./autosave";
import { type Document, inserted, moved, newQuestion, removed, type Written, withQuestion } from "./document";
import { begun, changed, type History, redone, undone } from "./history";
import { Preview } from "./preview";
import { Publishing } from "./publishing";
import { QuestionForm } from "./question_form";
import { QuestionList } from "./question_list";
import { SaveLine } from "./save_line";

interface Props {
  draftId: string;
  document: Document;
  revision: number;
  problems: readonly QuizProblem[];
}

export const yesAndNo = (): readonly [string, string] => [t("editor.true"), t("editor.false")];

export function Desk({ draftId, document: first, revision, problems }: Props) {
  const redraw = useRedraw();
  const [history, remember] = useState<History<Document>>(() => begun(first));
  const [at, choose] = useState(0);
  const saving = useSaving(draftId, first, { revision, problems, redraw });
  const document = history.present;
  const index = Math.min(at, document.questions.length - 1);
  const question = document.questions[index];

  const become = (next: History<Document>) => {
    if (next.present === document) return;
    remember(next);
    saving.changed(next.present);
  };
  const change = (next: Document, field = "") => become(changed(history, next, field, Date.now()));
  const undo = () => become(undone(history));
  const redo = () => become(redone(history));
  useUndoKeys(undo, redo);

  const add = (type: QuestionType) => {
    change(inserted(document, document.questions.length, newQuestion(type, yesAndNo())));
    choose(document.questions.length);
  };
  const move = (from: number, to: number) => {
    if (to < 0 || to >= document.questions.length) return;
    change(moved(document, from, to));
    choose(to);
    announce(t("editor.moved", { place: to + 1, count: document.questions.length }));
  };
  const edit = (next: Written, field: string) => change(withQuestion(document, index, next), `${index} ${field}`);
  return (
    <div class="screen desk">
      <header class="desk-head">
        <h1 class="unseen" tabIndex={-1} data-focus>
          {t("editor.title")}
        </h1>
        <p>
          <a href={pathOf({ at: "home" })}>{t("home.back")}</a>
        </p>
        <div class="field desk-title">
          <label class="label" htmlFor="quiz-title">
            {t("editor.name")}
          </label>
          <input
            id="quiz-title"
            class="typed"
            dir="auto"
            maxLength={200}
            value={document.title}
            onInput={(event) => change({ ...document, title: event.currentTarget.value }, "title")}
          />
        </div>
        <div class="row is-start">
          <button type="button" class="button is-small" aria-disabled={history.past.length === 0} onClick={undo}>
            {t("editor.undo")}
          </button>
          <button type="button" class="button is-small" aria-disabled={history.future.length === 0} onClick={redo}>
            {t("editor.redo")}
          </button>
          <Publishing draftId={draftId} document={document} saving={saving} onProblem={choose} />
        </div>
        <SaveLine saving={saving} onTheirs={(theirs) => remember(begun(theirs))} />
      </header>
      <div class="desk-parts">
        <QuestionList
          questions={document.questions}
          at={index}
          missing={saving.problems}
          onChoose={choose}
          onMove={move}
          onAdd={add}
          onDuplicate={(which) => {
            const copied = document.questions[which];
            if (copied === undefined) return;
            change(inserted(document, which + 1, copied));
            choose(which + 1);
          }}
          onRemove={(which) => {
            change(removed(document, which));
            choose(Math.max(0, which - 1));
            announce(t("editor.removed"));
          }}
        />
        {question !== undefined && (
          <>
            <QuestionForm key={index} index={index} question={question} onQuestion={edit} />
            <Preview question={question} index={index} count={document.questions.length} />
          </>
        )}
      </div>
    </div>
  );
}

interface Saved {
  revision: number;
  problems: readonly QuizProblem[];
  redraw: () => void;
}

function useSaving(draftId: string, first: Document, { revision, problems, redraw }: Saved): Autosave {
  const saving = useMemo(() => {
    const made = new Autosave(first, revision, {
      drafts: {
        save: (body) => asAuthor((token) => saveDraft(token, draftId, body)),
        show: () => asAuthor((token) => showDraft(token, draftId)),
      },
      onChange: redraw,
    });
    made.problems = problems;
    return made;
  }, [draftId]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saving.state === "saved") return;
      void saving.flush();
      event.preventDefault();
    };
    const again = () => void saving.flush();
    window.addEventListener("beforeunload", warn);
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("beforeunload", warn);
      window.removeEventListener("online", again);
      void saving.flush();
      saving.stop();
    };
  }, [saving]);
  return saving;
}

/** Ctrl or ⌘ with Z, with Shift or Y for again: for the whole quiz, not for one field. */
function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
}

/** Where a quiz is written: its questions, the one at hand, and how players will see it. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { QuestionType, QuizProblem } from "../client/api.gen";
import { QUIZ_TITLE } from "../client/bounds.gen";
import { pathOf } from "../host/route";
import { t } from "../i18n";
import { announce } from "../parts/announcer";
import { useRedraw } from "../parts/hooks";
import { AddQuestion } from "./add_question";
import { type Document, duplicated, inserted, moved, newQuestion, removed, withQuestion } from "./document";
import { Preview } from "./preview";
import { Publishing } from "./publishing";
import { QuestionForm } from "./question_form";
import { QuestionList } from "./question_list";
import { yesAndNo } from "./question_types";
import { SaveLine } from "./save_line";
import { useSaving } from "./saving";
import { useUploads } from "./uploads";
import { useWriting, type Writing } from "./writing";

interface Props {
  draftId: string;
  document: Document;
  revision: number;
  problems: readonly QuizProblem[];
}

export function Desk({ draftId, document: first, revision, problems }: Props) {
  const redraw = useRedraw();
  const saving = useSaving(draftId, first, { revision, problems, onChange: redraw });
  const writing = useWriting(first, (document) => saving.changed(document));
  const uploads = useUploads((key, image_url) =>
    writing.change((document) => withQuestion(document, key, (question) => ({ ...question, image_url }))),
  );
  const { document } = writing;
  const line = useLine(writing);
  const question = document.questions[line.at];
  return (
    <div class="screen desk" ref={line.desk}>
      <header class="desk-head">
        <h1 class="unseen" tabIndex={-1} data-focus>
          {t("editor.title")}
        </h1>
        <p>
          <a href={pathOf({ at: "home" })}>{t("home.back")}</a>
        </p>
        <div class="desk-bar">
          <div class="field desk-title">
            <label class="label" htmlFor="quiz-title">
              {t("editor.name")}
            </label>
            <input
              id="quiz-title"
              class="typed"
              dir="auto"
              maxLength={QUIZ_TITLE}
              value={document.title}
              onInput={(event) => {
                const title = event.currentTarget.value;
                writing.change((before) => ({ ...before, title }), "title");
              }}
            />
          </div>
          <div class="row is-start">
            <button type="button" class="button is-small" aria-disabled={!writing.canUndo} onClick={writing.undo}>
              {t("editor.undo")}
            </button>
            <button type="button" class="button is-small" aria-disabled={!writing.canRedo} onClick={writing.redo}>
              {t("editor.redo")}
            </button>
            <Publishing
              draftId={draftId}
              document={document}
              saving={saving}
              isWaiting={uploads.isTaking}
              onProblem={line.choose}
            />
          </div>
        </div>
        <SaveLine saving={saving} onTheirs={writing.restart} />
      </header>
      <div class={`desk-parts ${question === undefined ? "is-empty" : ""}`}>
        <div class="desk-line">
          <QuestionList
            questions={document.questions}
            at={line.at}
            missing={saving.problems}
            onChoose={line.choose}
            onMove={line.move}
            onDuplicate={line.duplicate}
            onRemove={line.remove}
          />
          <AddQuestion onAdd={line.add} />
        </div>
        {question !== undefined && (
          <>
            <QuestionForm
              key={question.key}
              index={line.at}
              question={question}
              uploads={uploads}
              told={
                saving.state === "saved" ? saving.problems.filter((problem) => problem.question === line.at) : []
              }
              onQuestion={(next, field) =>
                writing.change((before) => withQuestion(before, next.key, () => next), `${next.key} ${field}`)
              }
            />
            <Preview question={question} index={line.at} count={document.questions.length} />
          </>
        )}
      </div>
    </div>
  );
}

/** Which question is at hand, and what is done with it: the keyboard's focus goes with it. */
function useLine({ document, change }: Writing) {
  const [chosen, choose] = useState(0);
  const desk = useRef<HTMLDivElement>(null);
  const wanted = useRef("");
  const at = Math.max(0, Math.min(chosen, document.questions.length - 1));
  useLayoutEffect(() => {
    if (wanted.current === "") return;
    desk.current?.querySelector<HTMLElement>(wanted.current)?.focus();
    wanted.current = "";
  });
  const go = (index: number, focus: string) => {
    choose(index);
    wanted.current = focus;
  };
  return {
    at,
    desk,
    choose,
    add: (type: QuestionType) => {
      change((before) => inserted(before, before.questions.length, newQuestion(type, yesAndNo())));
      go(document.questions.length, PROMPT);
    },
    move: (from: number, to: number) => {
      if (to < 0 || to >= document.questions.length) return;
      change((before) => moved(before, from, to));
      go(to, STOP);
      announce(t("editor.moved", { place: to + 1, count: document.questions.length }));
    },
    duplicate: (which: number) => {
      change((before) => duplicated(before, which));
      go(which + 1, STOP);
    },
    remove: (which: number) => {
      change((before) => removed(before, which));
      go(Math.max(0, which - 1), document.questions.length > 1 ? STOP : ADD);
      announce(t("editor.removed"));
    },
  };
}

const PROMPT = "#prompt";
const STOP = ".is-at .stop-name";
const ADD = ".add-type";

/** The questions in their order: drag one, or move it by its buttons or by Alt and the arrows. */

import { useState } from "preact/hooks";
import type { QuizProblem } from "../client/api.gen";
import { number, t } from "../i18n";
import { People } from "../parts/people";
import type { Written } from "./document";
import { TYPES } from "./question_types";
import { questionProblems } from "./rules";

interface Props {
  questions: readonly Written[];
  at: number;
  /** By the server. */
  missing: readonly QuizProblem[];
  onChoose: (index: number) => void;
  onMove: (from: number, to: number) => void;
  onDuplicate: (index: number) => void;
  onRemove: (index: number) => void;
}

export function QuestionList(props: Props) {
  const { questions } = props;
  const [dragged, drag] = useState<number | null>(null);
  return (
    <nav class="stops" aria-label={t("editor.questions")}>
      <ol class="stops-list" role="list">
        {questions.map((question, index) => (
          <Stop key={question.key} {...props} index={index} question={question} dragged={dragged} onDrag={drag} />
        ))}
      </ol>
      {questions.length === 0 && <p class="soft">{t("editor.empty")}</p>}
    </nav>
  );
}

interface StopProps extends Props {
  index: number;
  question: Written;
  dragged: number | null;
  onDrag: (index: number | null) => void;
}

function Stop({ index, question, at, missing, dragged, onDrag, ...acts }: StopProps) {
  const isLacking = questionProblems(question).length > 0 || missing.some((problem) => problem.question === index);
  const name = question.prompt.trim() || t("editor.untitled");
  const keys = (event: KeyboardEvent) => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!event.altKey || step === 0) return;
    event.preventDefault();
    acts.onMove(index, index + step);
  };
  return (
    <li
      class={`stop-line ${index === at ? "is-at" : ""} ${dragged !== null && dragged !== index ? "is-target" : ""}`}
      draggable
      onDragStart={(event) => {
        // Without something to carry, Firefox begins no drag; of a kind that no field takes.
        event.dataTransfer?.setData("application/x-quizline-question", String(index));
        onDrag(index);
      }}
      onDragEnd={() => onDrag(null)}
      onDragOver={(event) => dragged !== null && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (dragged !== null && dragged !== index) acts.onMove(dragged, index);
        onDrag(null);
      }}
    >
      <button
        type="button"
        class="stop-name"
        aria-current={index === at ? "true" : undefined}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        onClick={() => acts.onChoose(index)}
        onKeyDown={keys}
      >
        <span class="stop-number">{number(index + 1)}</span>
        <span class="stop-words">
          <People text={name} />
          <span class="soft">{t(TYPES[question.type])}</span>
          {isLacking && <span class="stop-lack">{t("editor.lacking")}</span>}
        </span>
      </button>
      {index === at && (
        <span class="stop-acts">
          <button
            type="button"
            class="mover"
            aria-label={t("answer.up", { choice: name })}
            onClick={() => acts.onMove(index, index - 1)}
          >
            {"↑"}
          </button>
          <button
            type="button"
            class="mover"
            aria-label={t("answer.down", { choice: name })}
            onClick={() => acts.onMove(index, index + 1)}
          >
            {"↓"}
          </button>
          <button type="button" class="button is-small is-quiet" onClick={() => acts.onDuplicate(index)}>
            {t("quiz.duplicate")}
          </button>
          <button type="button" class="button is-small is-quiet" onClick={() => acts.onRemove(index)}>
            {t("quiz.delete")}
          </button>
        </span>
      )}
    </li>
  );
}

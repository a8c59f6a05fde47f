/** Which quiz: the sample, or one's own as a file or as text. */

import { useState } from "preact/hooks";
import type { QuizBody } from "../client/api.gen";
import { rich, t } from "../i18n";
import { parseQuiz, QuizProblem } from "./quiz_file";
import sampleQuiz from "./sample_quiz.json";

const MAX_FILE_BYTES = 4_000_000;
const sample = sampleQuiz as QuizBody;

export interface Source {
  kind: "sample" | "own";
  text: string;
  /** Of the file, without its ending. */
  name: string;
}

interface Props {
  source: Source;
  onSource: (source: Source) => void;
}

export function QuizSource({ source, onSource }: Props) {
  const [problem, complain] = useState("");
  const found = problem === "" ? foundIn(source) : { words: problem, isBad: true };
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    if (file.size > MAX_FILE_BYTES) return complain(t("file.large"));
    complain("");
    onSource({ kind: "own", text: await file.text(), name: file.name.replace(/\.json$/i, "") });
  };
  return (
    <fieldset class="sources">
      <legend class="label">{t("host.quiz")}</legend>
      <label class="source">
        <input
          type="radio"
          name="source"
          checked={source.kind === "sample"}
          onChange={() => onSource({ ...source, kind: "sample" })}
        />
        <span>
          <strong>{sample.title}</strong>
          <span class="soft source-kind">
            {t("host.sample", { questions: t("questions", { count: sample.questions.length }) })}
          </span>
        </span>
      </label>
      <div class="source is-own">
        <label class="source-label">
          <input
            type="radio"
            name="source"
            checked={source.kind === "own"}
            onChange={() => onSource({ ...source, kind: "own" })}
          />
          <span>
            <strong>{t("host.own")}</strong>
            <span class="soft source-kind">{t("host.own.kind")}</span>
          </span>
        </label>
        <DropZone onFile={(file) => void take(file)} />
        <label class="unseen" htmlFor="quiz-text">
          {t("host.json")}
        </label>
        <textarea
          id="quiz-text"
          rows={4}
          class="typed is-code-text"
          dir="ltr"
          spellcheck={false}
          value={source.text}
          onInput={(event) => {
            complain("");
            onSource({ ...source, kind: "own", text: event.currentTarget.value });
          }}
        />
        <p class={`soft found ${found.isBad ? "is-bad" : ""}`} role="status">
          {found.words}
        </p>
      </div>
    </fieldset>
  );
}

/** The chosen quiz. Throws QuizProblem. */
export const readSource = (source: Source): QuizBody =>
  source.kind === "sample" ? sample : parseQuiz(source.text, source.name);

function foundIn({ kind, text, name }: Source): { words: string; isBad: boolean } {
  if (kind === "sample" || text === "") return { words: "", isBad: false };
  try {
    const quiz = parseQuiz(text, name);
    const questions = t("questions", { count: quiz.questions.length });
    return { words: t("host.found", { title: quiz.title, questions }), isBad: false };
  } catch (error) {
    if (!(error instanceof QuizProblem)) throw error;
    return { words: error.message, isBad: true };
  }
}

function DropZone({ onFile }: { onFile: (file: File | undefined) => void }) {
  const [isOver, hover] = useState(false);
  const drag = (over: boolean) => (event: DragEvent) => {
    event.preventDefault();
    hover(over);
  };
  return (
    <label
      class={`drop ${isOver ? "is-over" : ""}`}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        onFile(event.dataTransfer?.files[0]);
      }}
    >
      <input
        type="file"
        accept=".json,application/json"
        class="unseen"
        onChange={(event) => onFile(event.currentTarget.files?.[0])}
      />
      <span>{rich("host.drop", { link: <span class="like-link">{t("host.drop.link")}</span> })}</span>
    </label>
  );
}

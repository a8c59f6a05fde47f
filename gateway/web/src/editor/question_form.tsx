/** The question at hand: what is asked, for how long, for how much, and what is right. */

import type { QuestionType, QuizProblem } from "../client/api.gen";
import { QUIZ_LEAST_TIME_LIMIT_MS, QUIZ_MOST_TIME_LIMIT_MS, QUIZ_POINTS } from "../client/bounds.gen";
import { Amount, Choose } from "../host/fields";
import { type Key, t } from "../i18n";
import { AnswersForm } from "./answers_form";
import { retyped, type Written } from "./document";
import { ImageField } from "./image_field";
import { Lacking } from "./lacking";
import { type FormProps, TYPES, yesAndNo } from "./question_types";
import type { Uploads } from "./uploads";

interface Props extends FormProps {
  index: number;
  uploads: Uploads;
  /** By the server, of what is saved. */
  told: readonly QuizProblem[];
}

type Worth = "standard" | "double" | "none" | "own";

const WORTHS = {
  standard: "worth.standard",
  double: "worth.double",
  none: "worth.none",
  own: "worth.own",
} as const satisfies Record<Worth, Key>;
const POINTS: Record<Exclude<Worth, "own">, number> = { standard: 1_000, double: 2_000, none: 0 };
const worthOf = (points: number): Worth =>
  points === 1_000 ? "standard" : points === 2_000 ? "double" : points === 0 ? "none" : "own";

export function QuestionForm({ index, question, uploads, told, onQuestion }: Props) {
  const set = (changed: Partial<Written>, field: string) => onQuestion({ ...question, ...changed }, field);
  const worth = worthOf(question.points);
  return (
    <section class="card question-form" aria-label={t("editor.question", { index: index + 1 })}>
      <Choose<QuestionType>
        id="type"
        label={t("editor.type")}
        options={TYPES}
        value={question.type}
        onValue={(type) => onQuestion(retyped(question, type, yesAndNo()), "")}
      />
      <div class="field">
        <label class="label" htmlFor="prompt">
          {t("editor.prompt")}
        </label>
        <textarea
          id="prompt"
          class="typed"
          rows={3}
          dir="auto"
          value={question.prompt}
          onInput={(event) => set({ prompt: event.currentTarget.value }, "prompt")}
        />
      </div>
      <AnswersForm question={question} onQuestion={onQuestion} />
      <ImageField
        url={question.image_url}
        upload={uploads.of(question.key)}
        onFile={(file) => void uploads.take(question.key, file)}
        onUrl={(image_url) => {
          uploads.forget(question.key);
          set({ image_url }, "image");
        }}
      />
      <div class="options">
        <Amount
          id="time"
          label={t("editor.time")}
          value={Math.round(question.time_limit_ms / 1000)}
          least={QUIZ_LEAST_TIME_LIMIT_MS / 1000}
          most={QUIZ_MOST_TIME_LIMIT_MS / 1000}
          onValue={(seconds) => set({ time_limit_ms: seconds * 1000 }, "time")}
        />
        {question.type !== "poll" && (
          <Choose<Worth>
            id="worth"
            label={t("host.policy")}
            options={WORTHS}
            value={worth}
            onValue={(chosen) => set({ points: chosen === "own" ? 500 : POINTS[chosen] }, "")}
          />
        )}
        {question.type !== "poll" && worth === "own" && (
          <Amount
            id="points"
            label={t("editor.points")}
            value={question.points}
            least={0}
            most={QUIZ_POINTS}
            onValue={(points) => set({ points }, "points")}
          />
        )}
      </div>
      <Lacking question={question} told={told} />
    </section>
  );
}

/** The question as a player's phone shows it: the very components, only not to be touched. */

import type { QuestionView } from "../client/view";
import { t } from "../i18n";
import { AnswerForm } from "../parts/answers";
import { QuestionHead } from "../parts/question_head";
import type { Written } from "./document";

interface Props {
  question: Written;
  index: number;
  count: number;
}

export function Preview({ question, index, count }: Props) {
  const { type, prompt, choices, targets, time_limit_ms, points, image_url } = question;
  const hasChoices = type !== "text" && type !== "number";
  const view: QuestionView = {
    index,
    type,
    prompt: prompt || t("editor.preview.prompt"),
    choices: hasChoices ? choices.map((choice) => choice || "…") : [],
    targets: [...targets].sort(),
    time_limit_ms,
    points,
    image_url,
    opened_at_ms: 0,
    closes_at_ms: time_limit_ms,
  };
  const session = {
    version: 1,
    phase: "question_open",
    title: "",
    question_count: count,
    question: view,
  } as const;
  return (
    <aside class="preview" aria-labelledby="preview-title">
      <h2 id="preview-title" class="label">
        {t("editor.preview")}
      </h2>
      <div class="preview-phone" inert aria-hidden="true">
        <div class="screen is-question">
          <QuestionHead session={session} />
          <AnswerForm
            key={`${type} ${choices.length}`}
            question={view}
            seed="preview"
            own={null}
            isLocked={false}
            onAnswer={() => undefined}
          />
        </div>
      </div>
    </aside>
  );
}

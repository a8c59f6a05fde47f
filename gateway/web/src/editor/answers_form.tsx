/** What may be answered and what is right, by the question's type. A new type does not compile without its line here. */

import type { ComponentType } from "preact";
import type { QuestionType } from "../client/api.gen";
import { QUIZ_CHOICE, QUIZ_CHOICES } from "../client/bounds.gen";
import { Lines } from "../host/fields";
import { t } from "../i18n";
import { Badge, letter, tone } from "../parts/badge";
import { withChoice, withoutChoice } from "./document";
import type { FormProps } from "./question_types";

const FORMS: Record<QuestionType, ComponentType<FormProps>> = {
  single: ChoicesForm,
  multiple: ChoicesForm,
  true_false: ChoicesForm,
  poll: ChoicesForm,
  order: ChoicesForm,
  match: ChoicesForm,
  text: TextForm,
  number: NumberForm,
};

export function AnswersForm(props: FormProps) {
  const Form = FORMS[props.question.type];
  return <Form {...props} />;
}

function ChoicesForm({ question, onQuestion }: FormProps) {
  const { type, choices } = question;
  const isFixed = type === "true_false";
  return (
    <fieldset class="choice-fields">
      <legend class="label">{t(legendOf(type))}</legend>
      {choices.map((_, index) => (
        <ChoiceLine key={index} index={index} question={question} onQuestion={onQuestion} />
      ))}
      {type === "match" && <Decoys question={question} onQuestion={onQuestion} />}
      {!isFixed && choices.length < QUIZ_CHOICES && (
        <button type="button" class="button is-small" onClick={() => onQuestion(withChoice(question), "")}>
          {t("editor.choice.add")}
        </button>
      )}
    </fieldset>
  );
}

const legendOf = (type: QuestionType) => {
  if (type === "order") return "editor.choices.order";
  if (type === "match") return "editor.choices.match";
  return type === "poll" ? "editor.choices.poll" : "editor.choices";
};

function ChoiceLine({ index, question, onQuestion }: FormProps & { index: number }) {
  const { type, choices, targets, correct } = question;
  const name = letter(index);
  const mark = (isRight: boolean) => {
    const others = type === "multiple" ? correct.filter((other) => other !== index) : [];
    const next = isRight ? [...others, index].sort((one, other) => one - other) : others;
    onQuestion({ ...question, correct: next }, "");
  };
  return (
    <div class={`choice-line ${tone(index)}`}>
      <Badge index={index} />
      <input
        class="typed"
        dir="auto"
        maxLength={QUIZ_CHOICE}
        aria-label={t("editor.choice", { letter: name })}
        value={choices[index] ?? ""}
        onInput={(event) =>
          onQuestion({ ...question, choices: choices.with(index, event.currentTarget.value) }, `choice ${index}`)
        }
      />
      {type === "match" && (
        <input
          class="typed"
          dir="auto"
          maxLength={QUIZ_CHOICE}
          aria-label={t("editor.partner", { letter: name })}
          value={targets[index] ?? ""}
          onInput={(event) =>
            onQuestion({ ...question, targets: targets.with(index, event.currentTarget.value) }, `target ${index}`)
          }
        />
      )}
      {(type === "single" || type === "true_false" || type === "multiple") && (
        <label class="check">
          <input
            type={type === "multiple" ? "checkbox" : "radio"}
            name="right"
            checked={correct.includes(index)}
            onChange={(event) => mark(event.currentTarget.checked)}
          />
          <span>
            {t("chart.right")}
            <span class="unseen"> {name}</span>
          </span>
        </label>
      )}
      {type !== "true_false" && choices.length > 2 && (
        <button
          type="button"
          class="button is-small is-quiet is-close"
          aria-label={t("editor.choice.remove", { letter: name })}
          onClick={() => onQuestion(withoutChoice(question, index), "")}
        >
          {"✕"}
        </button>
      )}
    </div>
  );
}

/** Targets that belong to no choice. */
function Decoys({ question, onQuestion }: FormProps) {
  const { choices, targets } = question;
  return (
    <Lines
      id="decoys"
      label={t("editor.decoys")}
      hint={t("editor.decoys.hint")}
      lines={targets.slice(choices.length)}
      onLines={(decoys) =>
        onQuestion({ ...question, targets: [...targets.slice(0, choices.length), ...decoys] }, "decoys")
      }
    />
  );
}

function TextForm({ question, onQuestion }: FormProps) {
  return (
    <Lines
      id="accepted"
      label={t("editor.accepted")}
      hint={t("editor.accepted.hint")}
      lines={question.accepted}
      onLines={(accepted) => onQuestion({ ...question, accepted }, "accepted")}
    />
  );
}

function NumberForm({ question, onQuestion }: FormProps) {
  return (
    <div class="options">
      <div class="field">
        <label class="label" htmlFor="right-number">
          {t("editor.number")}
        </label>
        <input
          id="right-number"
          class="typed"
          inputMode="decimal"
          value={question.accepted[0] ?? ""}
          onInput={(event) => onQuestion({ ...question, accepted: [event.currentTarget.value] }, "number")}
        />
      </div>
      <div class="field">
        <label class="label" htmlFor="tolerance">
          {t("editor.tolerance")}
        </label>
        <input
          id="tolerance"
          class="typed"
          inputMode="decimal"
          value={question.tolerance}
          onInput={(event) => onQuestion({ ...question, tolerance: event.currentTarget.value }, "tolerance")}
        />
      </div>
    </div>
  );
}

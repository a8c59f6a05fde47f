/** One tap is the answer: single choice, true or false, poll. */

import { t } from "../../i18n";
import { Badge, tone } from "../badge";
import { columnsOf } from "../choices";
import { People } from "../people";
import type { ControlProps } from "./control";
import { Fields } from "./fields";

export function OneOf({ question, own, isLocked, onAnswer }: ControlProps) {
  const legend = t(question.type === "poll" ? "answer.vote" : "answer.one");
  const submit = (button: HTMLElement | null) => {
    if (button instanceof HTMLButtonElement) onAnswer({ choices: [Number(button.value)] });
  };
  return (
    <Fields legend={legend} isLocked={isLocked} onSubmit={submit}>
      <div class={`choices ${columnsOf(question.choices)}`}>
        {question.choices.map((choice, index) => (
          <button
            key={index}
            type="submit"
            value={index}
            class={`choice ${tone(index)} ${own?.choices?.includes(index) ? "is-own" : ""}`}
          >
            <Badge index={index} />
            <People class="choice-text" text={choice} />
          </button>
        ))}
      </div>
    </Fields>
  );
}

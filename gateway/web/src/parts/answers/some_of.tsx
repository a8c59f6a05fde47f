/** All right answers are chosen, then sent. */

import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Badge, tone } from "../badge";
import { columnsOf } from "../choices";
import { People } from "../people";
import type { ControlProps } from "./control";
import { Fields, SendButton } from "./fields";

export function SomeOf({ question, own, isLocked, onAnswer }: ControlProps) {
  const [chosen, choose] = useState<readonly number[]>(own?.choices ?? []);
  const [problem, complain] = useState("");
  const shown = isLocked ? (own?.choices ?? chosen) : chosen;
  const toggle = (index: number) => {
    choose(chosen.includes(index) ? chosen.filter((other) => other !== index) : [...chosen, index]);
    complain("");
  };
  const submit = () => {
    if (chosen.length === 0) complain(t("answer.some.none"));
    else onAnswer({ choices: [...chosen].sort((one, other) => one - other) });
  };
  return (
    <Fields legend={t("answer.some")} isLocked={isLocked} problem={problem} onSubmit={submit}>
      <div class={`choices ${columnsOf(question.choices)}`}>
        {question.choices.map((choice, index) => (
          <label key={index} class={`choice ${tone(index)}`}>
            <input type="checkbox" class="unseen" checked={shown.includes(index)} onChange={() => toggle(index)} />
            <Badge index={index} />
            <People class="choice-text" text={choice} />
            <span class="tick" aria-hidden="true">
              {"✓"}
            </span>
          </label>
        ))}
      </div>
      <SendButton />
    </Fields>
  );
}

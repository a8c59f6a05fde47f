/** Each choice is given its partner from a list; a partner is given once. */

import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Badge, tone } from "../badge";
import { People } from "../people";
import type { ControlProps } from "./control";
import { Fields, SendButton } from "./fields";

const NONE = -1;

export function Matched({ question, own, isLocked, onAnswer }: ControlProps) {
  const [pairs, pair] = useState<readonly number[]>(own?.choices ?? question.choices.map(() => NONE));
  const [problem, complain] = useState("");
  const shown = isLocked ? (own?.choices ?? pairs) : pairs;
  const choose = (index: number, target: number) => {
    pair(pairs.map((other, place) => (place === index ? target : other === target ? NONE : other)));
    complain("");
  };
  const submit = () => {
    if (pairs.includes(NONE)) complain(t("answer.match.none"));
    else onAnswer({ choices: pairs });
  };
  return (
    <Fields legend={t("answer.match")} isLocked={isLocked} problem={problem} onSubmit={submit}>
      <div class="choices is-long">
        {question.choices.map((choice, index) => (
          <label key={index} class={`choice is-match ${tone(index)}`}>
            <Badge index={index} />
            <People class="choice-text" text={choice} />
            <select
              value={shown[index] ?? NONE}
              onChange={(event) => choose(index, Number(event.currentTarget.value))}
            >
              <option value={NONE} disabled>
                {"…"}
              </option>
              {(question.targets ?? []).map((target, place) => (
                <option key={place} value={place}>
                  {target}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <SendButton />
    </Fields>
  );
}

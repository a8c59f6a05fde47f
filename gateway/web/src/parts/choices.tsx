/** Choices to look at: on the big screen, and on the player's after the question. */

import type { QuestionView } from "../client/view";
import { t } from "../i18n";
import { Badge, tone } from "./badge";
import { People } from "./people";

/** Class names: short choices stand in two columns, long ones in one; few short ones may be large. */
export function columnsOf(choices: readonly string[]): string {
  const isShort = choices.every(
    (choice) => choice.length <= 26 && choice.split(/\s+/).every((word) => word.length <= 13),
  );
  if (!isShort) return choices.length > 4 ? "is-long is-dense" : "is-long";
  if (choices.length > 4) return "is-short";
  return `is-short is-few ${["is-two", "is-three", "is-four"][choices.length - 2] ?? "is-two"}`;
}

/** What stands with the choice of that index. */
export type Beside = (index: number) => preact.ComponentChildren;

interface Marks {
  order?: readonly number[] | undefined;
  correct?: readonly number[] | undefined;
  own?: readonly number[] | undefined;
  beside?: Beside | undefined;
}

export function ChoiceList({ question, order, correct, own, beside }: { question: QuestionView } & Marks) {
  const isNumbered = question.type === "order" && correct !== undefined;
  const isMarked = correct !== undefined && question.type !== "order" && question.type !== "poll";
  const List = isNumbered ? "ol" : "ul";
  const shown = order ?? question.choices.map((_, index) => index);
  return (
    <List class={`choices ${isNumbered ? "is-long is-numbered" : columnsOf(question.choices)}`} role="list">
      {shown.map((index) => (
        <Choice
          key={index}
          index={index}
          text={question.choices[index] ?? ""}
          isRight={isMarked && correct.includes(index)}
          isFaded={isMarked && !correct.includes(index)}
          isOwn={question.type !== "order" && own?.includes(index) === true}
        >
          {beside?.(index)}
        </Choice>
      ))}
    </List>
  );
}

interface ChoiceProps {
  index: number;
  text: string;
  isRight: boolean;
  isFaded: boolean;
  isOwn: boolean;
  children: preact.ComponentChildren;
}

function Choice({ index, text, isRight, isFaded, isOwn, children }: ChoiceProps) {
  const state = `${isRight ? "is-right" : ""} ${isFaded ? "is-faded" : ""} ${isOwn ? "is-own" : ""}`;
  return (
    <li class={`choice ${tone(index)} ${state}`}>
      <Badge index={index} />
      <People class="choice-text" text={text} />
      {isRight && (
        <span class="mark is-good">
          <span aria-hidden="true">{"✓"}</span>
          <span class="unseen">{t("result.right")}</span>
        </span>
      )}
      {isOwn && <span class="mark">{t("result.yours")}</span>}
      {children}
    </li>
  );
}

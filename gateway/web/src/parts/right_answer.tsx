/** The key of a closed question, in whatever form its type has it: choices marked, an order, or words. */

import type { QuestionView, Reveal } from "../client/view";
import { rich, t } from "../i18n";
import { Badge, tone } from "./badge";
import { type Beside, ChoiceList } from "./choices";
import { People } from "./people";

interface Props {
  question: QuestionView;
  reveal: Reveal | null;
  own?: readonly number[] | undefined;
  beside?: Beside | undefined;
}

export function RightAnswer({ question, reveal, own, beside }: Props) {
  if (question.choices.length === 0) return <RightText reveal={reveal} />;
  if (question.type === "match") return <RightPairs question={question} reveal={reveal} />;
  const isOrder = question.type === "order";
  return (
    <>
      {isOrder && <h2 class="label">{t("result.right.order")}</h2>}
      <ChoiceList
        question={question}
        correct={reveal?.correct}
        own={own}
        beside={beside}
        order={isOrder ? reveal?.correct : undefined}
      />
    </>
  );
}

const RightPairs = ({ question, reveal }: Props) => (
  <ul class="choices is-long" role="list">
    {question.choices.map((choice, index) => {
      const target = question.targets?.[reveal?.correct[index] ?? -1];
      return (
        <li key={index} class={`choice ${tone(index)}`}>
          <Badge index={index} />
          <People class="choice-text" text={choice} />
          {target !== undefined && <People class="mark is-partner" text={target} />}
        </li>
      );
    })}
  </ul>
);

function RightText({ reveal }: { reveal: Reveal | null }) {
  if (reveal === null) return null;
  const [first, ...others] = reveal.accepted;
  return (
    <p class="right-text">
      {rich("result.right.text", {
        answer: (
          <strong>
            <People text={first ?? "–"} />
          </strong>
        ),
      })}
      {others.length > 0 && (
        <span class="soft"> {rich("result.right.others", { answers: <People text={others.join(", ")} /> })}</span>
      )}
    </p>
  );
}

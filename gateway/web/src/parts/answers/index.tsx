/** The controls of each question type. A new type of the protocol does not compile before it stands here. */

import type { ComponentType } from "preact";
import type { QuestionType } from "../../client/protocol.gen";
import type { ControlProps } from "./control";
import { InOrder } from "./in_order";
import { Matched } from "./matched";
import { OneOf } from "./one_of";
import { SomeOf } from "./some_of";
import { TypedAnswer } from "./typed";

const CONTROLS: Record<QuestionType, ComponentType<ControlProps>> = {
  single: OneOf,
  true_false: OneOf,
  poll: OneOf,
  multiple: SomeOf,
  text: TypedAnswer,
  number: TypedAnswer,
  order: InOrder,
  match: Matched,
};

export function AnswerForm(props: ControlProps) {
  const Control = CONTROLS[props.question.type];
  return <Control {...props} />;
}

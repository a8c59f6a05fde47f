/** The answer is typed: words, or a number as a decimal with a point or a comma. */

import { useRef, useState } from "preact/hooks";
import { QUIZ_TEXT_ANSWER } from "../../client/bounds.gen";
import { t } from "../../i18n";
import type { ControlProps } from "./control";
import { Fields, SendButton } from "./fields";

const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/;

export function TypedAnswer({ question, own, isLocked, onAnswer }: ControlProps) {
  const isNumber = question.type === "number";
  const input = useRef<HTMLInputElement>(null);
  const [typed, type] = useState(own?.text ?? "");
  const [problem, complain] = useState("");
  const label = t(isNumber ? "answer.number" : "answer.text");
  const id = `answer-${question.index}`;
  const submit = () => {
    const text = typed.trim();
    if (isNumber ? NUMBER.test(text) : text !== "") return onAnswer({ text });
    complain(t(isNumber ? "answer.number.none" : "answer.text.none"));
    input.current?.focus();
  };
  return (
    <Fields legend={label} isLocked={isLocked} problem={problem} onSubmit={submit}>
      <label class="label" htmlFor={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        type="text"
        class="typed"
        inputMode={isNumber ? "decimal" : "text"}
        maxLength={QUIZ_TEXT_ANSWER}
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        dir="auto"
        value={isLocked ? (own?.text ?? typed) : typed}
        onInput={(event) => {
          type(event.currentTarget.value);
          complain("");
        }}
      />
      <SendButton />
    </Fields>
  );
}

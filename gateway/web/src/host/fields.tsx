/** The kinds of fields that the host's forms are made of. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Key, t } from "../i18n";

interface ChooseProps<Value extends string> {
  id: string;
  label: string;
  options: Readonly<Partial<Record<Value, Key>>>;
  value: Value;
  onValue: (value: Value) => void;
}

export const Choose = <Value extends string>({ id, label, options, value, onValue }: ChooseProps<Value>) => (
  <div class="field">
    <label class="label" htmlFor={id}>
      {label}
    </label>
    <select id={id} class="typed" value={value} onChange={(event) => onValue(event.currentTarget.value as Value)}>
      {(Object.entries(options) as [Value, Key][]).map(([option, words]) => (
        <option key={option} value={option}>
          {t(words)}
        </option>
      ))}
    </select>
  </div>
);

interface CheckProps {
  label: string;
  isOn: boolean;
  onValue: (isOn: boolean) => void;
}

export const Check = ({ label, isOn, onValue }: CheckProps) => (
  <label class="check">
    <input type="checkbox" checked={isOn} onChange={(event) => onValue(event.currentTarget.checked)} />
    {label}
  </label>
);

interface AmountProps {
  id: string;
  label: string;
  value: number;
  least: number;
  most: number;
  onValue: (value: number) => void;
}

/** A whole number within bounds. What is none yet is left to be typed on. */
export const Amount = ({ id, label, value, least, most, onValue }: AmountProps) => (
  <div class="field">
    <label class="label" htmlFor={id}>
      {label}
    </label>
    <input
      id={id}
      class="typed"
      type="number"
      inputMode="numeric"
      min={least}
      max={most}
      step={1}
      required
      value={value}
      onInput={(event) => {
        const typed = event.currentTarget.valueAsNumber;
        if (Number.isInteger(typed) && typed >= least && typed <= most) onValue(typed);
      }}
    />
  </div>
);

interface LinesProps {
  id: string;
  label: string;
  hint: string;
  lines: readonly string[];
  onLines: (lines: string[]) => void;
}

/** One entry a line, as it is pasted from a list. What is typed stays as it is typed, blank lines too. */
export function Lines({ id, label, hint, lines, onLines }: LinesProps) {
  const [typed, type] = useState(lines.join("\n"));
  const isTyped = linesOf(typed).join("\n") === lines.filter((line) => line !== "").join("\n");
  return (
    <div class="field is-wide">
      <label class="label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        class="typed is-lines"
        rows={4}
        dir="auto"
        aria-describedby={`${id}-hint`}
        value={isTyped ? typed : lines.join("\n")}
        onInput={(event) => {
          type(event.currentTarget.value);
          onLines(linesOf(event.currentTarget.value));
        }}
      />
      <span id={`${id}-hint`} class="soft">
        {hint}
      </span>
    </div>
  );
}

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n|\t/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** A group of seldom fields, folded away. */
export const Folded = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <details class="folded">
    <summary>{title}</summary>
    <div class="options">{children}</div>
  </details>
);

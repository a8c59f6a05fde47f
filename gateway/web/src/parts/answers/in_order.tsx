/** A list to put in order, by buttons that a keyboard and a thumb both reach. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { announce } from "../announcer";
import { Badge, tone } from "../badge";
import { People } from "../people";
import type { ControlProps } from "./control";
import { Fields, SendButton } from "./fields";
import { shuffled } from "./shuffled";

export function InOrder({ question, seed, own, isLocked, onAnswer }: ControlProps) {
  const [order, arrange] = useState<readonly number[]>(
    () => own?.choices ?? shuffled(question.choices.length, seed),
  );
  const pressed = useRef<HTMLButtonElement | null>(null);
  const shown = isLocked ? (own?.choices ?? order) : order;
  // Moving a line takes the focus from its button.
  useLayoutEffect(() => pressed.current?.focus(), [order]);

  const move = (index: number, step: number, button: HTMLButtonElement) => {
    const from = order.indexOf(index);
    const to = from + step;
    if (to < 0 || to >= order.length) return;
    pressed.current = button;
    arrange(order.toSpliced(from, 1).toSpliced(to, 0, index));
    announce(t("answer.moved", { choice: question.choices[index] ?? "", place: to + 1, count: order.length }));
  };
  return (
    <Fields legend={t("answer.order")} isLocked={isLocked} onSubmit={() => onAnswer({ choices: order })}>
      <ol class="choices is-long is-order" role="list">
        {shown.map((index) => (
          <Line key={index} index={index} choice={question.choices[index] ?? ""} onMove={move} />
        ))}
      </ol>
      <SendButton words={t("answer.send.order")} />
    </Fields>
  );
}

interface LineProps {
  index: number;
  choice: string;
  onMove: (index: number, step: number, button: HTMLButtonElement) => void;
}

const Line = ({ index, choice, onMove }: LineProps) => (
  <li class={`choice ${tone(index)}`}>
    <Badge index={index} />
    <People class="choice-text" text={choice} />
    <span class="movers">
      <button
        type="button"
        class="mover"
        aria-label={t("answer.up", { choice })}
        onClick={(event) => onMove(index, -1, event.currentTarget)}
      >
        {"↑"}
      </button>
      <button
        type="button"
        class="mover"
        aria-label={t("answer.down", { choice })}
        onClick={(event) => onMove(index, 1, event.currentTarget)}
      >
        {"↓"}
      </button>
    </span>
  </li>
);

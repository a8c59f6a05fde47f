/** Undo and redo. Changes to the same field close upon each other are one step. Pure. */

const ONE_STEP_MS = 1_000;
const MOST_STEPS = 200;

export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  readonly field: string;
  readonly atMs: number;
}

export const begun = <T>(present: T): History<T> => ({ past: [], present, future: [], field: "", atMs: 0 });

export function changed<T>(history: History<T>, present: T, field: string, nowMs: number): History<T> {
  const isSameStep = field !== "" && field === history.field && nowMs - history.atMs < ONE_STEP_MS;
  const past = isSameStep ? history.past : [...history.past, history.present].slice(-MOST_STEPS);
  return { past, present, future: [], field, atMs: nowMs };
}

export function undone<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    field: "",
    atMs: 0,
  };
}

export function redone<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future, field: "", atMs: 0 };
}

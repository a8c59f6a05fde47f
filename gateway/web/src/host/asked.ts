/** What a screen asks the server for once: waiting, there, or not to be had, and asking again. */

import { useEffect, useState } from "preact/hooks";

export interface Asked<T> {
  value: T | null;
  problem: unknown;
  /** Ask anew; what is there stays until then. */
  again: () => void;
  set: (value: T) => void;
}

/** `ask` anew whenever `key` is another one. */
export function useAsked<T>(key: string, ask: () => Promise<T>): Asked<T> {
  const [value, set] = useState<T | null>(null);
  const [problem, complain] = useState<unknown>(null);
  const [turn, next] = useState(0);
  useEffect(() => {
    let isOver = false;
    complain(null);
    ask().then(
      (told) => !isOver && set(told),
      (error: unknown) => !isOver && complain(error),
    );
    return () => {
      isOver = true;
    };
  }, [key, turn]);
  return { value, problem, again: () => next(turn + 1), set };
}

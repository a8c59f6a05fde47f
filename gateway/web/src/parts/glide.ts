/** Lines of a list that stand elsewhere than before slide there from where they were: one is seen passing the other. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { wantsLessMotion } from "./announcer";

const MOVE: KeyframeAnimationOptions = { duration: 550, easing: "cubic-bezier(.3,1.25,.4,1)" };

/** For the list; each line is known by its `data-id`. */
export function useGlide(): { current: HTMLOListElement | null } {
  const list = useRef<HTMLOListElement>(null);
  const before = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const now = new Map<string, number>();
    for (const line of list.current?.children ?? []) {
      if (!(line instanceof HTMLElement)) continue;
      const id = line.dataset["id"] ?? "";
      now.set(id, line.offsetTop);
      const movedPx = (before.current.get(id) ?? line.offsetTop) - line.offsetTop;
      if (movedPx !== 0 && !wantsLessMotion())
        line.animate([{ transform: `translateY(${movedPx}px)` }, { transform: "none" }], MOVE);
    }
    before.current = now;
  });
  return list;
}

/**
 * One screen at a time. When `screen` is another one, the focus that stood in the old screen (or nowhere) goes to the
 * new one's heading, which has `data-focus`: so a keyboard goes on from there, and a screen reader reads it.
 */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

// Of the page, not of one component: the stage itself is another one after joining and after leaving.
let shown: string | null = null;

export function Stage({ screen, children }: { screen: string; children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const isFirst = shown === null;
    if (shown === screen) return;
    shown = screen;
    if (isFirst) return;
    const active = document.activeElement;
    if (active !== null && active !== document.body && !main.current?.contains(active)) return;
    main.current?.querySelector<HTMLElement>("[data-focus]")?.focus({ preventScroll: true });
  }, [screen]);
  return (
    <main ref={main}>
      <div key={screen} class="scene">
        {children}
      </div>
    </main>
  );
}

/** A part of the page that is fetched only by who goes there. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Unavailable } from "../client/api";
import { TopBar } from "../parts/top_bar";
import { Waiting } from "./waiting";

interface Props<P> {
  load: () => Promise<{ default: ComponentType<P> }>;
  props: P;
}

export function Later<P extends object>({ load, props }: Props<P>) {
  const [Part, show] = useState<ComponentType<P> | null>(null);
  const [problem, complain] = useState<unknown>(null);
  const [turn, next] = useState(0);
  useEffect(() => {
    complain(null);
    load().then(
      (part) => show(() => part.default),
      (error: unknown) => complain(new Unavailable(String(error))),
    );
  }, [turn]);
  if (Part !== null) return <Part {...props} />;
  return (
    <>
      <TopBar />
      <main class="screen is-medium">
        <Waiting problem={problem} onAgain={() => next(turn + 1)} />
      </main>
    </>
  );
}

/** The first three, on lines of different height. For the eye: the board beside it says the same. */

import type { BoardEntry } from "../client/protocol.gen";
import { number } from "../i18n";
import { People } from "./people";

const STEPS = 3;

/** Nobody without points stands on it; with nobody on it there is none. */
export function Podium({ top }: { top: readonly BoardEntry[] }) {
  const steps = top.filter((entry) => entry.points > 0).slice(0, STEPS);
  if (steps.length === 0) return null;
  return (
    <div class="podium" aria-hidden="true">
      {steps.map((entry, place) => (
        <div key={entry.player_id} class={`step step-${place + 1}`}>
          <People class="step-name" text={entry.nickname} />
          <span class="step-block">
            <span class="step-rank">{number(entry.rank)}</span>
            <span class="step-points">{number(entry.points)}</span>
          </span>
        </div>
      ))}
    </div>
  );
}

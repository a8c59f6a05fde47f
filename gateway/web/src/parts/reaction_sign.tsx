/** A reaction as a round sign, in the look of everything else: ink on yellow, the same in every system. */

import type { Reaction } from "../client/protocol.gen";
import type { Key } from "../i18n";
import "./reaction_sign.css";

/** `line` is drawn, `solid` filled. */
const SHAPES: Record<Reaction, { line?: string; solid?: string }> = {
  heart: { solid: "M12 18.200 6.900 13.200a3.300 3.300 0 0 1 5.100-4.100 3.300 3.300 0 0 1 5.100 4.100z" },
  laugh: {
    line: "m7 10.500 1.500-2 1.500 2m4 0 1.500-2 1.500 2",
    solid: "M6.800 13h10.400a5.200 5.200 0 0 1-10.400 0z",
  },
  wow: {
    line: "M8.500 8.500v1.300m7-1.300v1.300",
    solid: "M12 12.700a2.300 2.900 0 1 1 0 5.800 2.300 2.900 0 1 1 0-5.800z",
  },
  tricky: {
    line: "m7 9.500 3.200-1.500m3.300 1.500h3.500m-8.300 2.300v.5m6.600-.5v.5m-6 4.700c2-1.600 4.200-1.600 6.400-.8",
  },
  bravo: {
    solid:
      "m12 5.400 1.900 4.500 4.900.4-3.700 3.200 1.100 4.700-4.200-2.500-4.200 2.500 1.100-4.700-3.700-3.200 4.900-.4z",
  },
};

export const REACTION_WORDS = {
  heart: "react.heart",
  laugh: "react.laugh",
  wow: "react.wow",
  tricky: "react.tricky",
  bravo: "react.bravo",
} as const satisfies Record<Reaction, Key>;

export function ReactionSign({ reaction }: { reaction: Reaction }) {
  const { line, solid } = SHAPES[reaction];
  return (
    <svg class="reaction-sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="10.750" />
      {line && <path class="line" d={line} />}
      {solid && <path class="solid" d={solid} />}
    </svg>
  );
}

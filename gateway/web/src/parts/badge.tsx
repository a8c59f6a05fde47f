/**
 * The signs of the choices. Each index has its own shape, colour and letter, so that a choice is told apart without
 * colour, and the phone's sign is the wall's sign.
 */

// In a box of 32 × 32; the second is where the letter's foot stands.
const SHAPES: ReadonlyArray<readonly [string, number]> = [
  ["M16 2a14 14 0 1 0 0 28 14 14 0 0 0 0-28z", 21.3],
  ["M6 3h20a3 3 0 0 1 3 3v20a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z", 21.3],
  ["M8.5 3h15L31 16l-7.500 13h-15L1 16z", 21.3],
  ["M3 3h26v15L16 31 3 18z", 18.5],
  ["M16 0l16 16-16 16L0 16z", 21.3],
  ["M10.500 2h11L30 10.500v11L21.500 30h-11L2 21.500v-11z", 21.3],
  ["M11 1h10v10h10v10H21v10H11V21H1V11h10z", 21.3],
  ["M9 5h14l8 22H1z", 22.5],
  ["M16 1l13 13v15H3V14z", 24],
  ["M16 1c5 7 11 11 11 18a11 11 0 0 1-22 0C5 12 11 8 16 1z", 24],
];

export const letter = (index: number): string => String.fromCharCode(65 + index);

/** The badge of choice `index`. Hidden from screen readers, which hear the choice itself. */
export function Badge({ index }: { index: number }) {
  const [path, foot] = SHAPES[index % SHAPES.length] ?? ["", 0];
  return (
    <svg
      class="badge"
      preserveAspectRatio="xMidYMid meet"
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <path d={path} />
      <text x="16" y={foot}>
        {letter(index)}
      </text>
    </svg>
  );
}

export const tone = (index: number): string => `tone-${index % SHAPES.length}`;

/** How often a choice was picked: its number, and a bar along its lower edge as long as its share of the most. */

import { number } from "../i18n";

export const Picked = ({ count, most }: { count: number; most: number }) => (
  <>
    <span class="picked">{number(count)}</span>
    <span class="picked-bar" aria-hidden="true" style={{ "--share": String(count / most) }} />
  </>
);

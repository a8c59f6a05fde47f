/** The quiz as a line with a stop per question: where we are, how much is left. The words beside it say the same. */

const MOST_STOPS = 20;

export function Route({ index, count }: { index: number; count: number }) {
  if (count < 2 || count > MOST_STOPS) return null;
  return (
    <span class="route" aria-hidden="true">
      {Array.from({ length: count }, (_, stop) => (
        <span key={stop} class={`stop ${stop === index ? "is-here" : stop < index ? "is-past" : ""}`} />
      ))}
    </span>
  );
}

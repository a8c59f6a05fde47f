/** People's own words may run either way, whatever the language of the page. */

export const People = ({ text, class: name }: { text: string; class?: string }) => (
  <bdi class={name ?? ""}>{text}</bdi>
);

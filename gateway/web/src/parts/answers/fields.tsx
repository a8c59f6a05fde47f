/** The form around the controls of a question. Locked, it shows what was answered and takes no more. */

import type { ComponentChildren } from "preact";
import { t } from "../../i18n";

interface Props {
  legend: string;
  isLocked: boolean;
  /** What keeps the answer from being sent; "" when nothing does. */
  problem?: string;
  onSubmit: (submitter: HTMLElement | null) => void;
  children: ComponentChildren;
}

export function Fields({ legend, isLocked, problem = "", onSubmit, children }: Props) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit(event.submitter);
  };
  return (
    <form class={`answers ${isLocked ? "is-locked" : ""}`} noValidate onSubmit={submit}>
      <fieldset class="fields" disabled={isLocked}>
        <legend class="unseen">{legend}</legend>
        {children}
        {problem !== "" && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
      </fieldset>
    </form>
  );
}

export const SendButton = ({ words = t("answer.send") }: { words?: string }) => (
  <button type="submit" class="button is-primary send">
    {words}
  </button>
);

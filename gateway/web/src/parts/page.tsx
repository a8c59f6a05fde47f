/** The start of every page: the language first, then its root component. */

import { type ComponentType, render } from "preact";
import { startLanguage } from "../i18n";

export async function openPage(Root: ComponentType): Promise<void> {
  const place = document.getElementById("page");
  if (place === null) throw new Error("expected an element #page in the document, found none");
  await startLanguage();
  render(<Root />, place);
}

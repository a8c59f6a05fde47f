/** The head of every page: the brand, what is one's own (name and points, or the code), and a few tools. */

import type { ComponentChildren } from "preact";
import { t } from "../i18n";

export const TopBar = ({ children, tools }: { children?: ComponentChildren; tools?: ComponentChildren }) => (
  <header class="top">
    <span class="brand">
      <span class="brand-line" aria-hidden="true" />
      <span class="brand-name">{t("brand")}</span>
    </span>
    <p class="own">{children}</p>
    {tools && <div class="tools">{tools}</div>}
  </header>
);

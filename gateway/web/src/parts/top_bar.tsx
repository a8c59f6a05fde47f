/** The head of every page: the brand, and what is one's own (name and points, or the code). */

import type { ComponentChildren } from "preact";
import { t } from "../i18n";

export const TopBar = ({ children }: { children?: ComponentChildren }) => (
  <header class="top">
    <span class="brand">
      <span class="brand-line" aria-hidden="true" />
      {t("brand")}
    </span>
    <p class="own">{children}</p>
  </header>
);

/** Which language to read: each is called by its own name. */

import { chooseLanguage, currentLanguage, LANGUAGES, type LanguageCode, t } from "../i18n";

const CODES = Object.keys(LANGUAGES) as LanguageCode[];

export const LanguageMenu = () => (
  <label class="language">
    <span class="unseen">{t("language")}</span>
    <select
      value={currentLanguage()}
      onChange={(event) => void chooseLanguage(event.currentTarget.value as LanguageCode)}
    >
      {CODES.map((code) => (
        <option key={code} value={code} lang={code}>
          {LANGUAGES[code].name}
        </option>
      ))}
    </select>
  </label>
);

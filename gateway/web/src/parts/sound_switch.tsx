/** Sound on or off, in the head of the page. */

import { useState } from "preact/hooks";
import { t } from "../i18n";
import { isSoundOn, switchSound } from "./sound";

export function SoundSwitch() {
  const [isOn, turn] = useState(isSoundOn);
  const press = () => {
    switchSound(!isOn);
    turn(!isOn);
  };
  return (
    <button type="button" class="tool" aria-pressed={isOn} aria-label={t("sound")} onClick={press}>
      <svg class="tool-sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path class="solid" d="M3 9v6h4l6 5V4L7 9z" />
        <path d={isOn ? "M16.500 8a5 5 0 0 1 0 8M19 5a9 9 0 0 1 0 14" : "M16 9l6 6M22 9l-6 6"} />
      </svg>
    </button>
  );
}

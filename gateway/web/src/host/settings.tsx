/** How a session runs. */

import type { ScoringPolicy, SettingsBody } from "../client/api.gen";
import { type Key, t } from "../i18n";

interface Props {
  settings: SettingsBody;
  onSettings: (settings: SettingsBody) => void;
}

const PACINGS = { host: "host.pacing.host", clock: "host.pacing.clock" } as const satisfies Record<string, Key>;
const POLICIES = {
  "speed.v1": "host.policy.speed",
  "flat.v1": "host.policy.flat",
  "linear.v1": "host.policy.linear",
} as const satisfies Record<ScoringPolicy, Key>;

export const SettingsFields = ({ settings, onSettings }: Props) => (
  <fieldset class="options">
    <legend class="unseen">{t("host.settings")}</legend>
    <Choose
      id="pacing"
      label={t("host.pacing")}
      options={PACINGS}
      value={settings.pacing ?? "host"}
      onValue={(pacing) => onSettings({ ...settings, pacing })}
    />
    <Choose
      id="policy"
      label={t("host.policy")}
      options={POLICIES}
      value={settings.policy ?? "speed.v1"}
      onValue={(policy) => onSettings({ ...settings, policy })}
    />
    <label class="check">
      <input
        type="checkbox"
        checked={settings.late_join ?? true}
        onChange={(event) => onSettings({ ...settings, late_join: event.currentTarget.checked })}
      />
      {t("host.late")}
    </label>
  </fieldset>
);

interface ChooseProps<Value extends string> {
  id: string;
  label: string;
  options: Readonly<Partial<Record<Value, Key>>>;
  value: Value;
  onValue: (value: Value) => void;
}

const Choose = <Value extends string>({ id, label, options, value, onValue }: ChooseProps<Value>) => (
  <div class="field">
    <label class="label" htmlFor={id}>
      {label}
    </label>
    <select id={id} class="typed" value={value} onChange={(event) => onValue(event.currentTarget.value as Value)}>
      {(Object.entries(options) as [Value, Key][]).map(([option, words]) => (
        <option key={option} value={option}>
          {t(words)}
        </option>
      ))}
    </select>
  </div>
);

/** How a session runs: what one chooses often in sight, the rest folded away. */

import type {
  LateScore,
  NicknameRule,
  Pacing,
  ResultsShown,
  ScoringPolicy,
  SettingsBody,
  TeamChoice,
  TeamScore,
} from "../client/api.gen";
import { SESSION_DURATION_MS, SESSION_LEAD_MS, SESSION_PLAYERS, SESSION_REVEAL_MS } from "../client/bounds.gen";
import { type Key, LANGUAGES, type LanguageCode, t } from "../i18n";
import { Amount, Check, Choose, Folded, Lines } from "./fields";

export type Settings = Required<SettingsBody>;

interface Props {
  settings: Settings;
  onSettings: (settings: Settings) => void;
}

const PACINGS = {
  host: "host.pacing.host",
  clock: "host.pacing.clock",
  player: "host.pacing.player",
} as const satisfies Record<Pacing, Key>;
const POLICIES = {
  "speed.v1": "host.policy.speed",
  "flat.v1": "host.policy.flat",
  "linear.v1": "host.policy.linear",
} as const satisfies Record<ScoringPolicy, Key>;
const NICKNAMES = {
  free: "set.names.free",
  filtered: "set.names.filtered",
  generated: "set.names.generated",
  roster: "set.names.roster",
} as const satisfies Record<NicknameRule, Key>;
const RESULTS = {
  at_once: "set.results.once",
  at_close: "set.results.close",
} as const satisfies Record<ResultsShown, Key>;
const TEAM_CHOICES = {
  picked: "set.teams.picked",
  drawn: "set.teams.drawn",
} as const satisfies Record<TeamChoice, Key>;
const LATE_SCORES = {
  zero: "set.late.zero",
  lowest: "set.late.lowest",
  mean: "set.late.mean",
} as const satisfies Record<LateScore, Key>;
const TEAM_SCORES = { mean: "set.teams.mean", sum: "set.teams.sum" } as const satisfies Record<TeamScore, Key>;

export function SettingsFields(props: Props) {
  const { settings, onSettings } = props;
  const set = (changed: Partial<Settings>) => onSettings({ ...settings, ...changed });
  return (
    <>
      <fieldset class="options">
        <legend class="unseen">{t("host.settings")}</legend>
        <Choose
          id="pacing"
          label={t("host.pacing")}
          options={PACINGS}
          value={settings.pacing}
          onValue={(pacing) => set(pacing === "player" ? { pacing, late_score: "zero" } : { pacing })}
        />
        <Choose
          id="policy"
          label={t("host.policy")}
          options={POLICIES}
          value={settings.policy}
          onValue={(policy) => set({ policy })}
        />
        <Choose
          id="nicknames"
          label={t("set.names")}
          options={NICKNAMES}
          value={settings.nicknames}
          onValue={(nicknames) => set({ nicknames })}
        />
        {settings.nicknames === "roster" && (
          <Lines
            id="roster"
            label={t("set.roster")}
            hint={t("set.roster.hint", { count: settings.roster.length })}
            lines={settings.roster}
            onLines={(roster) => set({ roster })}
          />
        )}
        <Check label={t("host.late")} isOn={settings.late_join} onValue={(late_join) => set({ late_join })} />
        {settings.late_join && settings.pacing !== "player" && (
          <Choose
            id="late-score"
            label={t("set.late")}
            options={LATE_SCORES}
            value={settings.late_score}
            onValue={(late_score) => set({ late_score })}
          />
        )}
      </fieldset>
      <Points {...props} />
      <Answers {...props} />
      <Teams {...props} />
      <Times {...props} />
      <Room {...props} />
    </>
  );
}

const Points = ({ settings, onSettings }: Props) => (
  <Folded title={t("set.points")}>
    <Check
      label={t("set.streak")}
      isOn={settings.streak_bonus}
      onValue={(streak_bonus) => onSettings({ ...settings, streak_bonus })}
    />
    <Check
      label={t("set.partial")}
      isOn={settings.partial_credit}
      onValue={(partial_credit) => onSettings({ ...settings, partial_credit })}
    />
    <Amount
      id="penalty"
      label={t("set.penalty")}
      value={settings.penalty_percent}
      least={0}
      most={100}
      onValue={(penalty_percent) => onSettings({ ...settings, penalty_percent })}
    />
  </Folded>
);

const Answers = ({ settings, onSettings }: Props) => (
  <Folded title={t("set.answers")}>
    <Choose
      id="results"
      label={t("set.results")}
      options={RESULTS}
      value={settings.results}
      onValue={(results) => onSettings({ ...settings, results })}
    />
    {settings.pacing !== "player" && (
      <Check
        label={t("set.change")}
        isOn={settings.answer_change}
        onValue={(answer_change) => onSettings({ ...settings, answer_change })}
      />
    )}
    <Check
      label={t("set.shuffle")}
      isOn={settings.shuffle_choices}
      onValue={(shuffle_choices) => onSettings({ ...settings, shuffle_choices })}
    />
  </Folded>
);

const Teams = ({ settings, onSettings }: Props) => (
  <Folded title={t("set.teams")}>
    <Lines
      id="teams"
      label={t("set.teams.names")}
      hint={t("set.teams.hint")}
      lines={settings.teams}
      onLines={(teams) => onSettings({ ...settings, teams })}
    />
    <Choose
      id="team-choice"
      label={t("set.teams.choice")}
      options={TEAM_CHOICES}
      value={settings.team_choice}
      onValue={(team_choice) => onSettings({ ...settings, team_choice })}
    />
    <Choose
      id="team-score"
      label={t("set.teams.score")}
      options={TEAM_SCORES}
      value={settings.team_score}
      onValue={(team_score) => onSettings({ ...settings, team_score })}
    />
  </Folded>
);

const Times = ({ settings, onSettings }: Props) => (
  <Folded title={t("set.times")}>
    {settings.pacing !== "player" && (
      <Amount
        id="lead"
        label={t("set.lead")}
        value={settings.lead_ms / 1000}
        least={0}
        most={SESSION_LEAD_MS / 1000}
        onValue={(seconds) => onSettings({ ...settings, lead_ms: seconds * 1000 })}
      />
    )}
    {settings.pacing === "clock" && (
      <Amount
        id="reveal"
        label={t("set.reveal")}
        value={settings.reveal_ms / 1000}
        least={0}
        most={SESSION_REVEAL_MS / 1000}
        onValue={(seconds) => onSettings({ ...settings, reveal_ms: seconds * 1000 })}
      />
    )}
    {settings.pacing === "player" && (
      <Amount
        id="duration"
        label={t("set.duration")}
        value={settings.duration_ms / 60_000}
        least={1}
        most={SESSION_DURATION_MS / 60_000}
        onValue={(minutes) => onSettings({ ...settings, duration_ms: minutes * 60_000 })}
      />
    )}
  </Folded>
);

const Room = ({ settings, onSettings }: Props) => (
  <Folded title={t("set.room")}>
    <Amount
      id="size"
      label={t("set.size")}
      value={settings.max_players}
      least={1}
      most={SESSION_PLAYERS}
      onValue={(max_players) => onSettings({ ...settings, max_players })}
    />
    <div class="field">
      <label class="label" htmlFor="session-language">
        {t("set.language")}
      </label>
      <select
        id="session-language"
        class="typed"
        value={settings.language}
        onChange={(event) => onSettings({ ...settings, language: event.currentTarget.value })}
      >
        {(Object.keys(LANGUAGES) as LanguageCode[]).map((code) => (
          <option key={code} value={code} lang={code}>
            {LANGUAGES[code].name}
          </option>
        ))}
      </select>
    </div>
    <Check
      label={t("set.spectators")}
      isOn={settings.spectators}
      onValue={(spectators) => onSettings({ ...settings, spectators })}
    />
    <Check
      label={t("set.reactions")}
      isOn={settings.reactions}
      onValue={(reactions) => onSettings({ ...settings, reactions })}
    />
  </Folded>
);

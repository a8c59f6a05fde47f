/** The settings of the last session, kept for the next one; and the sensible ones for the first. */

import { currentLanguage } from "../i18n";
import type { Settings } from "./settings";

const KEY = "quizline.settings";

const standard = (): Settings => ({
  policy: "speed.v1",
  penalty_percent: 0,
  partial_credit: false,
  streak_bonus: false,
  pacing: "host",
  results: "at_once",
  answer_change: false,
  shuffle_choices: false,
  late_join: true,
  late_score: "zero",
  nicknames: "free",
  roster: [],
  teams: [],
  team_score: "mean",
  team_choice: "picked",
  spectators: true,
  reactions: false,
  language: currentLanguage(),
  lead_ms: 3_000,
  reveal_ms: 5_000,
  duration_ms: 3_600_000,
  idle_ms: 6 * 3_600_000,
  max_players: 5_000,
});

export function lastSettings(): Settings {
  try {
    return { ...standard(), ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Settings>) };
  } catch {
    return standard(); // storage is forbidden, or not ours
  }
}

export function keepSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // storage is full or forbidden: the next session starts from the standard
  }
}

/** Without what does not go together: names that no rule asks for, changes that one's own pace does not know. */
export const fitting = (settings: Settings): Settings => ({
  ...settings,
  roster: settings.nicknames === "roster" ? settings.roster : [],
  answer_change: settings.pacing !== "player" && settings.answer_change,
});

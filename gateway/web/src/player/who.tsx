/** Who one is in a session, as its host wants it: a name typed, chosen from a list or given; a team picked. */

import type { SessionFound } from "../client/api.gen";
import { t } from "../i18n";
import { tone } from "../parts/badge";
import { People } from "../parts/people";

const MOST_LETTERS = 24;

interface Props {
  /** null until it is known: then a name is asked for, as most sessions do. */
  session: SessionFound | null;
  nickname: string;
  team: number | null;
  onName: (nickname: string) => void;
  onTeam: (team: number) => void;
}

export const picksTeam = (session: SessionFound | null): boolean =>
  session !== null && session.teams.length > 0 && session.team_choice === "picked";

export function Who(props: Props) {
  return (
    <>
      {props.session?.nicknames === "generated" ? <p>{t("join.generated")}</p> : <NameField {...props} />}
      {picksTeam(props.session) && <TeamField {...props} />}
    </>
  );
}

function NameField({ session, nickname, onName }: Props) {
  const roster = session?.nicknames === "roster" ? session.roster : null;
  return (
    <div class="field">
      <label class="label" htmlFor="nickname">
        {t(roster ? "join.roster" : "join.nickname")}
      </label>
      <input
        id="nickname"
        name="nickname"
        class="typed"
        dir="auto"
        value={nickname}
        required
        maxLength={MOST_LETTERS}
        autoComplete={roster ? "off" : "nickname"}
        list={roster ? "roster" : undefined}
        onInput={(event) => onName(event.currentTarget.value)}
      />
      {roster && (
        <datalist id="roster">
          {roster.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </div>
  );
}

const TeamField = ({ session, team, onTeam }: Props) => (
  <fieldset class="field teams">
    <legend class="label">{t("join.team")}</legend>
    <div class="team-choices">
      {(session?.teams ?? []).map((name, index) => (
        <label key={index} class={`team-choice ${tone(index)}`}>
          <input
            type="radio"
            name="team"
            class="unseen"
            required
            checked={team === index}
            onChange={() => onTeam(index)}
          />
          <People text={name} />
        </label>
      ))}
    </div>
  </fieldset>
);

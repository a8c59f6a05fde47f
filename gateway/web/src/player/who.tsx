/** Who one is in a session, as its host wants it: a name typed, chosen from a list or given; a team picked. */

import { useEffect, useState } from "preact/hooks";
import { findRoster } from "../client/api";
import type { SessionFound } from "../client/api.gen";
import { SESSION_NICKNAME } from "../client/bounds.gen";
import { t } from "../i18n";
import { tone } from "../parts/badge";
import { People } from "../parts/people";

const TYPING_PAUSE_MS = 150;

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

/** A list too long to be told at once is asked for anew while one types; the join decides in any case. */
function useRoster(code: string | null, typed: string): ReadonlyArray<string> {
  const [roster, set] = useState<{ names: ReadonlyArray<string>; isWhole: boolean }>({
    names: [],
    isWhole: false,
  });
  const search = roster.isWhole ? "" : typed.trim();
  useEffect(() => {
    if (code === null) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      findRoster(code, search).then(
        ({ names, free }) => isWanted && set({ names, isWhole: search === "" && names.length === free }),
        () => {}, // the name can be typed all the same
      );
    }, TYPING_PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [code, search]);
  return roster.names;
}

function NameField({ session, nickname, onName }: Props) {
  const isListed = session?.nicknames === "roster";
  const names = useRoster(isListed ? session.code : null, nickname);
  return (
    <div class="field">
      <label class="label" htmlFor="nickname">
        {t(isListed ? "join.roster" : "join.nickname")}
      </label>
      <input
        id="nickname"
        name="nickname"
        class="typed"
        dir="auto"
        value={nickname}
        required
        maxLength={SESSION_NICKNAME}
        autoComplete={isListed ? "off" : "nickname"}
        list={isListed ? "roster" : undefined}
        onInput={(event) => onName(event.currentTarget.value)}
      />
      {isListed && (
        <datalist id="roster">
          {names.map((name) => (
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

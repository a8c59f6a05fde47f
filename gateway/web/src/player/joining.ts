/** A join request: its id is kept until it has an outcome, so that asked twice it makes one player. */

import { join, Refused, randomId } from "../client/api";
import type { PlayerAdmitted, SessionFound } from "../client/api.gen";
import { deviceId } from "../client/device";
import { forget, load, save } from "../client/storage";
import type { Key } from "../i18n";

/** On a second device only the token is known at first: the rest comes with the snapshot. */
export interface Player extends PlayerAdmitted {
  code: string;
  /** The token of the link that this run is a practice of. */
  practice?: string;
}

/** Who wants to join, and as whom. `team`: the index of the one picked. */
export interface Wish {
  code: string;
  nickname: string;
  team: number | null;
}

export interface Pending extends Wish {
  requestId: string;
}

/** As shared/domain/identifiers.py has it. */
export const CODE_LENGTH = 6;

/** As the server folds it: neither case nor blanks matter. */
export const foldedCode = (code: string): string => code.replace(/[\s-]/g, "").toUpperCase();

/** Why nobody can join this session now, as far as its look-up tells; null when one can. */
export function closedBecause({ phase, late_join, locked }: SessionFound): Key | null {
  if (phase === "finished") return "refused.session_not_joinable";
  if (phase !== "lobby" && !late_join) return "refused.session_not_joinable";
  return locked ? "refused.session_locked" : null;
}

/** Throws Refused or Unavailable. */
export async function requestJoin(wish: Wish, onWait: () => void, practice?: string): Promise<Player> {
  const { code, nickname, team } = wish;
  const pending = load<Pending>("joining");
  const isSame = pending?.code === code && pending.nickname === nickname && pending.team === team;
  const requestId = isSame ? pending.requestId : randomId();
  save("joining", { ...wish, requestId } satisfies Pending);
  try {
    const body = { nickname, request_id: requestId, team, device: deviceId() };
    const player = { ...(await join(code, body, { onWait })), code, ...(practice ? { practice } : {}) };
    save("player", player);
    forget("joining", "answers");
    return player;
  } catch (error) {
    if (error instanceof Refused) forget("joining");
    throw error;
  }
}

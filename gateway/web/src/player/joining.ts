/** A join request: its id is kept until it has an outcome, so that asked twice it makes one player. */

import { join, Refused, randomId } from "../client/api";
import type { PlayerAdmitted } from "../client/api.gen";
import { forget, load, save } from "../client/storage";

export interface Player extends PlayerAdmitted {
  code: string;
}

export interface Pending {
  code: string;
  nickname: string;
  requestId: string;
}

/** As the server folds it: neither case nor blanks matter. */
export const foldedCode = (code: string): string => code.replace(/[\s-]/g, "").toUpperCase();

/** Throws Refused or Unavailable. */
export async function requestJoin(code: string, nickname: string, onWait: () => void): Promise<Player> {
  const pending = load<Pending>("joining");
  const isSame = pending?.code === code && pending.nickname === nickname;
  const requestId = isSame ? pending.requestId : randomId();
  save("joining", { code, nickname, requestId } satisfies Pending);
  try {
    const admitted = await join(code, { nickname, request_id: requestId }, { onWait });
    const player = { ...admitted, code };
    save("player", player);
    forget("joining", "answers");
    return player;
  } catch (error) {
    if (error instanceof Refused) forget("joining");
    throw error;
  }
}

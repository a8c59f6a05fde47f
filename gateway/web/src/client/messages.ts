/** The one parser of what the gateway says. A type that this client does not know is passed over (docs/protocol.md). */

import type { LeaderboardMessage, LobbyMessage, ServerMessage, SessionMessage, Snapshot } from "./protocol.gen";

export type FeedMessage = SessionMessage | LeaderboardMessage | LobbyMessage;

const KNOWN: Record<ServerMessage["type"], "feed" | "other"> = {
  snapshot: "feed",
  session: "feed",
  leaderboard: "feed",
  lobby: "feed",
  ack: "other",
  outcome: "other",
  question: "other",
  result: "other",
  reactions: "other",
  error: "other",
  pong: "other",
};

/** null for what is no message of the protocol: the feed's numbers show whether something was missed. */
export function parse(text: unknown): ServerMessage | null {
  if (typeof text !== "string") return null;
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  return isMessage(message) ? message : null;
}

function isMessage(value: unknown): value is ServerMessage {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  return typeof value.type === "string" && Object.hasOwn(KNOWN, value.type);
}

/** One that the view is folded from. */
export function isOfFeed(message: ServerMessage): message is FeedMessage | Snapshot {
  return KNOWN[message.type] === "feed";
}

/**
 * Which of the host's screens: the part of the address after #, so that back, reload and links work. A link that hands
 * over the reins is read once and taken out of the address bar.
 */

import { useEffect, useState } from "preact/hooks";
import type { SessionOpened } from "../client/api.gen";

export type Route =
  | { at: "home" }
  | { at: "open"; quizId: string }
  | { at: "edit"; draftId: string }
  | { at: "results"; sessionId: string };

/** Somebody hands over the reins of a session: its id, code and token. */
export const reinsLink = ({ session_id, code, host_token }: SessionOpened): string =>
  `${location.origin}/host#drive/${session_id}/${code}/${host_token}`;

export const pathOf = (route: Route): string => {
  switch (route.at) {
    case "home":
      return "#";
    case "open":
      return `#open/${route.quizId}`;
    case "edit":
      return `#edit/${route.draftId}`;
    case "results":
      return `#results/${route.sessionId}`;
  }
};

export const goTo = (route: Route): void => {
  location.hash = pathOf(route);
};

export function routeOf(hash: string): Route {
  const [at, id = ""] = hash.replace(/^#/, "").split("/");
  if (id === "") return { at: "home" };
  if (at === "open") return { at, quizId: id };
  if (at === "edit") return { at, draftId: id };
  if (at === "results") return { at, sessionId: id };
  return { at: "home" };
}

/** The reins that the address hands over, once: a token must not stay where people read over one's shoulder. */
export function reinsHandedOver(): SessionOpened | null {
  const [at, session_id, code, host_token] = location.hash.replace(/^#/, "").split("/");
  if (at !== "drive") return null;
  history.replaceState(null, "", location.pathname);
  return session_id && code && host_token ? { session_id, code, host_token, version: 0 } : null;
}

export function useRoute(): Route {
  const [route, follow] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const look = () => follow(routeOf(location.hash));
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);
  return route;
}

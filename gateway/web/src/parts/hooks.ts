/** The few hooks that several screens share. */

import { useEffect, useLayoutEffect, useReducer, useState } from "preact/hooks";
import type { Feed } from "../client/feed";
import type { SessionChanged } from "../client/view";
import { onLanguage, suggestLanguage } from "../i18n";
import { announce } from "./announcer";
import { play, type Tune } from "./sound";

const TICKS_FROM_S = 5;
// A change of gateway takes less than this: nobody need be told.
const CALM_MS = 800;

/** A function that draws the component anew: for what changes outside of its state. */
export function useRedraw(): () => void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  return redraw as () => void;
}

export function useLanguage(): void {
  const redraw = useRedraw();
  useEffect(() => onLanguage(redraw), [redraw]);
}

/** Whether something has been so for longer than need be noticed. */
export function useOutlasting(isSo: boolean): boolean {
  const [isLong, tell] = useState(false);
  useEffect(() => {
    if (!isSo) return tell(false);
    const timer = setTimeout(() => tell(true), CALM_MS);
    return () => clearTimeout(timer);
  }, [isSo]);
  return isLong;
}

/** Run a feed while the component is there, and look at once when the page is seen again or the network returns. */
export function useFeed(feed: Feed): void {
  useLayoutEffect(() => {
    const onSight = () => document.visibilityState === "visible" && feed.hurry();
    const onNetwork = () => feed.hurry();
    feed.start();
    document.addEventListener("visibilitychange", onSight);
    window.addEventListener("online", onNetwork);
    return () => {
      feed.stop();
      document.removeEventListener("visibilitychange", onSight);
      window.removeEventListener("online", onNetwork);
    };
  }, [feed]);
}

/** Tell a screen reader each time that `words` are other ones. */
export function useAnnounced(words: string): void {
  useEffect(() => {
    if (words !== "") announce(words);
  }, [words]);
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** Play a tune when it is another one; "" is none. */
export function useTune(tune: Tune | ""): void {
  useEffect(() => {
    if (tune !== "") play(tune);
  }, [tune]);
}

/** The last seconds are heard. */
export function useTicks(leftS: number | null): void {
  useEffect(() => {
    if (leftS !== null && leftS > 0 && leftS <= TICKS_FROM_S) play("tick");
  }, [leftS]);
}

/** Of the session, for who has not chosen a language here. */
export function useSessionLanguage(session: SessionChanged | null): void {
  const language = session?.settings?.language;
  useEffect(() => {
    if (language) void suggestLanguage(language);
  }, [language]);
}

/** The words of the host's page alone, so that a player's phone does not load them. */

import type { LanguageCode } from "../languages";
import type { Text } from "../text";
import { en } from "./en";

export type HostWords = Readonly<Record<keyof typeof en, Text>>;

export const HOST_WORDS = {
  en: async () => en,
  de: async () => (await import("./de")).de,
  es: async () => (await import("./es")).es,
  fr: async () => (await import("./fr")).fr,
  ar: async () => (await import("./ar")).ar,
  vi: async () => (await import("./vi")).vi,
} as const satisfies Record<LanguageCode, () => Promise<HostWords>>;

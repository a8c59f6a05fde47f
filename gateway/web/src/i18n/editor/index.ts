/** The words of the editor alone: fetched with it. */

import type { LanguageCode } from "../languages";
import type { Text } from "../text";
import { en } from "./en";

export type EditorWords = Readonly<Record<keyof typeof en, Text>>;

export const EDITOR_WORDS = {
  en: async () => en,
  de: async () => (await import("./de")).de,
  es: async () => (await import("./es")).es,
  fr: async () => (await import("./fr")).fr,
  ar: async () => (await import("./ar")).ar,
  vi: async () => (await import("./vi")).vi,
} as const satisfies Record<LanguageCode, () => Promise<EditorWords>>;

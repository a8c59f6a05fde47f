/** The languages there are. Each catalogue is a file of its own, fetched only by who reads it; English is always there. */

import type { en as editorWords } from "./editor/en";
import { en } from "./en";
import type { en as hostWords } from "./host/en";
import type { Text } from "./text";

/** Of every page, and of the pages that add words of their own (`addWords`). */
export type Key = keyof typeof en | keyof typeof hostWords | keyof typeof editorWords;
export type Catalogue = Readonly<Record<keyof typeof en, Text>>;

interface Language {
  /** In its own words. */
  readonly name: string;
  readonly dir: "ltr" | "rtl";
  readonly load: () => Promise<Catalogue>;
}

export const LANGUAGES = {
  en: { name: "English", dir: "ltr", load: async () => en },
  de: { name: "Deutsch", dir: "ltr", load: async () => (await import("./de")).de },
  es: { name: "Español", dir: "ltr", load: async () => (await import("./es")).es },
  fr: { name: "Français", dir: "ltr", load: async () => (await import("./fr")).fr },
  ar: { name: "العربية", dir: "rtl", load: async () => (await import("./ar")).ar },
  vi: { name: "Tiếng Việt", dir: "ltr", load: async () => (await import("./vi")).vi },
} as const satisfies Record<string, Language>;

export type LanguageCode = keyof typeof LANGUAGES;

export const isLanguage = (code: string): code is LanguageCode => Object.hasOwn(LANGUAGES, code);

/** The first of `wanted` (such as navigator.languages) that we have; English otherwise. */
export function bestLanguage(wanted: readonly string[]): LanguageCode {
  const bases = wanted.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return bases.find(isLanguage) ?? "en";
}

/**
 * The words of the pages: `t` for plain text, `rich` where a part of the sentence is an element. One language at a time,
 * chosen by the person, else by the browser; its numbers, plurals and ordinals are the browser's (Intl).
 */

import type { ComponentChildren } from "preact";
import { en } from "./en";
import { bestLanguage, isLanguage, type Key, LANGUAGES, type LanguageCode } from "./languages";
import type { Text } from "./text";

export type { Key, LanguageCode };
export { LANGUAGES };

type Values = Readonly<Record<string, string | number>>;

const CHOSEN = "quizline.language";
type Words = Readonly<Record<string, Text>>;
/** Where a part of the application has its own words, in each language. */
type OwnWords = Readonly<Record<LanguageCode, () => Promise<Words>>>;

const listeners = new Set<() => void>();
const added = new Set<OwnWords>();

let language: LanguageCode = "en";
let catalogue: Words = en;
let plurals = new Intl.PluralRules("en");
let ordinals = new Intl.PluralRules("en", { type: "ordinal" });
let numbers = new Intl.NumberFormat("en");
let signed = new Intl.NumberFormat("en", { signDisplay: "exceptZero" });

/** Before the first screen: the language that was chosen here before, else the browser's. */
export async function startLanguage(): Promise<void> {
  const chosen = readChosen();
  await use(isLanguage(chosen) ? chosen : bestLanguage(navigator.languages));
}

/**
 * Of a session, for who has not chosen one here. English is what a host has who said nothing: then the browser's stays.
 */
export async function suggestLanguage(tag: string): Promise<void> {
  const [code = ""] = tag.toLowerCase().split("-");
  if (isLanguage(readChosen()) || !isLanguage(code) || code === "en" || code === language) return;
  await use(code);
}

/** Words that only some pages need: there once this is done, in whichever language is chosen from then on. */
export async function addWords(words: OwnWords): Promise<void> {
  added.add(words);
  const code = language;
  const more = await words[code]();
  if (code === language) catalogue = { ...catalogue, ...more };
}

export async function chooseLanguage(code: LanguageCode): Promise<void> {
  try {
    localStorage.setItem(CHOSEN, code);
  } catch {
    // storage is forbidden: the choice holds until the page is left
  }
  await use(code);
}

async function use(code: LanguageCode): Promise<void> {
  let parts: Words[];
  do {
    parts = await Promise.all([LANGUAGES[code].load(), ...Array.from(added, (words) => words[code]())]);
    // some may have been added meanwhile
  } while (parts.length !== added.size + 1);
  catalogue = Object.assign({}, ...parts) as Words;
  language = code;
  plurals = new Intl.PluralRules(code);
  ordinals = new Intl.PluralRules(code, { type: "ordinal" });
  numbers = new Intl.NumberFormat(code);
  signed = new Intl.NumberFormat(code, { signDisplay: "exceptZero" });
  document.documentElement.lang = code;
  document.documentElement.dir = LANGUAGES[code].dir;
  for (const listener of listeners) listener();
}

function readChosen(): string {
  try {
    return localStorage.getItem(CHOSEN) ?? "";
  } catch {
    return "";
  }
}

export const currentLanguage = (): LanguageCode => language;

/** Called after each change; returns how to stop that. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const number = (value: number): string => numbers.format(value);

/** 0.75 → "75%" */
export const percent = (share: number): string =>
  new Intl.NumberFormat(language, { style: "percent" }).format(share);

/** The day, where it is not today, and the time of day. */
export function moment(atMs: number): string {
  const at = new Date(atMs);
  const isToday = at.toDateString() === new Date().toDateString();
  const day: Intl.DateTimeFormatOptions = isToday ? {} : { dateStyle: "medium" };
  return new Intl.DateTimeFormat(language, { ...day, timeStyle: "short" }).format(at);
}

/** "+873", "−50", "0": as {signed} beside {count} in the plural. */
export const signedNumber = (value: number): string => signed.format(value);

/** A time of the server's clock, in the person's own zone: with its day when that is another one. */
export function timeOfDay(unixMs: number): string {
  const date = new Date(unixMs);
  const isToday = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(language, {
    timeStyle: "short",
    ...(isToday ? {} : { dateStyle: "medium" }),
  }).format(date);
}

/** 1 → "1st" */
export const ordinal = (rank: number): string => filled(template("ordinal", ordinals.select(rank)), { rank });

/** The sentence of `key`, with {placeholders} filled in. `count` chooses the plural. */
export function t(key: Key, values: Values = {}): string {
  const { count } = values;
  return filled(template(key, typeof count === "number" ? plurals.select(count) : "other"), values);
}

/** As `t`, where some values are elements. */
export function rich(key: Key, values: Readonly<Record<string, ComponentChildren>>): ComponentChildren[] {
  return template(key, "other")
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 0 ? part : values[part]));
}

/** The sentence for a code of the server's, if there is one. */
export const known = (key: string, values: Values = {}): string | null =>
  Object.hasOwn(catalogue, key) ? t(key as Key, values) : null;

function template(key: Key, category: Intl.LDMLPluralRule): string {
  const text = catalogue[key] ?? key;
  return typeof text === "string" ? text : (text[category] ?? text.other);
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : (value ?? whole);
  });
}

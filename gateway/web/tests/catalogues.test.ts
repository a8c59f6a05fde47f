import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { REASONS } from "../src/client/reasons.gen";
import { EDITOR_WORDS } from "../src/i18n/editor";
import { en as editorEn } from "../src/i18n/editor/en";
import { en } from "../src/i18n/en";
import { HOST_WORDS } from "../src/i18n/host";
import { en as hostEn } from "../src/i18n/host/en";
import { bestLanguage, LANGUAGES, type LanguageCode } from "../src/i18n/languages";
import { REASON_WORDS } from "../src/i18n/reasons";
import type { Text } from "../src/i18n/text";

const SOURCES = new URL("../src", import.meta.url).pathname;
const sources = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(SOURCES, name), "utf8") }));
const outside = sources.filter(({ name }) => !name.startsWith("i18n"));

const forms = (text: Text): string[] => (typeof text === "string" ? [text] : Object.values(text));
const isWithin = (some: Iterable<string>, all: ReadonlySet<string>): boolean =>
  Array.from(some).every((one) => all.has(one));
const holes = (text: Text): Set<string> =>
  new Set(forms(text).flatMap((form) => Array.from(form.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? "")));

type Words = Readonly<Record<string, Text>>;
const ENGLISH: Readonly<Record<string, Words>> = { all: en, host: hostEn, editor: editorEn };
const codes = Object.keys(LANGUAGES) as LanguageCode[];
const catalogues: ReadonlyArray<readonly [LanguageCode, string, () => Promise<Words>]> = codes.flatMap((code) => [
  [code, "all", LANGUAGES[code].load] as const,
  [code, "host", HOST_WORDS[code]] as const,
  [code, "editor", EDITOR_WORDS[code]] as const,
]);

describe.each(catalogues)("%s (%s)", (code, part, load) => {
  const english: Words = ENGLISH[part] ?? {};

  test("has every string and no other", async () => {
    expect(Object.keys(await load()).sort()).toEqual(Object.keys(english).sort());
  });

  test("leaves no string empty and fills the same places as English", async () => {
    for (const [key, text] of Object.entries(await load())) {
      const places = holes(english[key] ?? "");
      expect(
        forms(text).every((form) => form.trim() !== ""),
        key,
      ).toBe(true);
      // A plural form may say its number in a word ("one", "two").
      expect(isWithin(holes(text), places), `${key}: ${[...holes(text)]}`).toBe(true);
      if (typeof text === "string") expect([...holes(text)].sort(), key).toEqual([...places].sort());
    }
  });

  test("knows no plural that the language has not", async () => {
    const rules = [new Intl.PluralRules(code), new Intl.PluralRules(code, { type: "ordinal" })];
    const categories: ReadonlySet<string> = new Set(
      rules.flatMap((rule) => rule.resolvedOptions().pluralCategories),
    );
    for (const [key, text] of Object.entries(await load()))
      if (typeof text !== "string") expect(isWithin(Object.keys(text), categories), key).toBe(true);
  });
});

describe.each(codes.filter((code) => code !== "en"))("%s", (code) => {
  test("has a sentence for every reason of the server, with all that it tells", async () => {
    const words: Words = await REASON_WORDS[code]();
    expect(Object.keys(words).sort()).toEqual(
      Object.keys(REASONS)
        .map((reason) => `reason.${reason}`)
        .sort(),
    );
    for (const [reason, told] of Object.entries(REASONS)) {
      const said = holes(words[`reason.${reason}`] ?? "");
      expect([...said].sort(), `${reason}: ${[...said]}`).toEqual([...told].sort());
    }
  });
});

test("every string is used somewhere", () => {
  const code = sources
    .map(({ name, text }) => (/i18n.(\w+.)?(en|de|es|fr|ar|vi)\.ts/.test(name) ? "" : text))
    .join("\n");
  const keys = Object.values(ENGLISH).flatMap((words) => Object.keys(words));
  const unused = keys.filter((key) => !key.startsWith("refused.") && !code.includes(`"${key}"`));
  expect(unused).toEqual([]);
});

test("only the pages that load the host's words say them", () => {
  const others = outside.filter(({ name }) => !/^(host|editor)\//.test(name));
  const said = Object.keys(hostEn).filter((key) => others.some(({ text }) => text.includes(`"${key}"`)));
  expect(said).toEqual([]);
});

test("every refusal of the protocol has a sentence, or comes with reasons", () => {
  const protocol = sources.find(({ name }) => name.endsWith("protocol.gen.ts"))?.text ?? "";
  const union = /type RefusalCode = (.*);/.exec(protocol)?.[1] ?? "";
  const codes = Array.from(union.matchAll(/"(\w+)"/g), (match) => match[1] ?? "");
  expect(codes.length).toBeGreaterThan(10);
  const detailed = ["quiz_invalid", "settings_invalid"];
  const silent = codes.filter((code) => !detailed.includes(code) && !(`refused.${code}` in en));
  expect(silent).toEqual([]);
});

test("no component says something that is not in the catalogue", () => {
  // Text between tags is the linter's (noJsxLiterals); these are the attributes that people read or hear.
  const literal = /\b(aria-label|alt|title|placeholder)="[^"]/;
  expect(outside.filter(({ text }) => literal.test(text)).map(({ name }) => name)).toEqual([]);
});

test("the browser's first language that there is wins", () => {
  expect(bestLanguage(["pt-BR", "FR-ca", "de"])).toBe("fr");
  expect(bestLanguage(["xx"])).toBe("en");
});

/** What a catalogue holds. Plain TypeScript, so that catalogues are checked by the compiler. */

/** A sentence with {placeholders}, or one per plural category of the language (CLDR's, by Intl.PluralRules). */
export type Text = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string });

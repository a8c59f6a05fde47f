/** Short facts about one thing, in a line. */

export const facts = (...all: readonly string[]): string => all.join("\u2002·\u2002");

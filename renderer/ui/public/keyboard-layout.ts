/** A key of the on-screen keyboard: what it types, or what it does. */
export type ScreenKey = { readonly types: string } | { readonly does: "backspace" | "clear" | "space" };

const row = (letters: string): readonly ScreenKey[] => [...letters].map((types) => ({ types }));

/** Letters and digits: enough for pinyin, initials, codes and phone numbers. */
export const latinRows: readonly (readonly ScreenKey[])[] = [
  row("1234567890"),
  row("qwertyuiop"),
  row("asdfghjkl"),
  [...row("zxcvbnm"), { does: "backspace" }],
  [{ does: "clear" }, { does: "space" }],
];

/** For codes and case numbers, some of which have a dash. */
export const codeRows: readonly (readonly ScreenKey[])[] = [
  ...latinRows.slice(0, 3),
  [...row("zxcvbnm-"), { does: "backspace" }],
  [{ does: "clear" }],
];

/** For phone numbers. */
export const digitRows: readonly (readonly ScreenKey[])[] = [
  row("123"),
  row("456"),
  row("789"),
  [{ does: "clear" }, ...row("0"), { does: "backspace" }],
];

/** The text after a key. Whole characters go, also those of two code units. */
export const pressKey = (text: string, key: ScreenKey, maxLength: number): string => {
  if ("types" in key) return text.length + key.types.length <= maxLength ? text + key.types : text;
  switch (key.does) {
    case "backspace":
      return [...text].slice(0, -1).join("");
    case "clear":
      return "";
    case "space":
      return text === "" || text.endsWith(" ") || text.length >= maxLength ? text : `${text} `;
    default:
      return key.does satisfies never;
  }
};

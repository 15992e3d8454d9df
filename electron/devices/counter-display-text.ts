import type { CounterScreen } from "../../shared/domain/queue/counter-screen.ts";

/** A full-width character takes two cells of a string of LEDs. */
export const cellsOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) < 0x80 ? 1 : 2), 0);

/** What there is to say, fullest first; the shortest of a number is the number itself. */
const candidates = ({ state, number }: CounterScreen): readonly string[] => {
  if (number !== null && state === "called") return [`请${number}号办理`, `请${number}号`, `请${number}`, number];
  if (number !== null && state === "serving") return [`${number}号办理中`, `${number}办理`, number];
  if (state === "paused") return ["窗口暂停服务", "暂停服务"];
  if (state === "closed") return ["窗口暂未开放", "暂未开放"];
  return ["欢迎前来办理", "欢迎办理"];
};

/**
 * What a counter's string of LEDs shows: the fullest wording that fits, never a number with its end cut off.
 * @param cells half-width characters of the display
 */
export const counterDisplayText = (screen: CounterScreen, cells: number): string => {
  const wordings = candidates(screen);
  return wordings.find((text) => cellsOf(text) <= cells) ?? "";
};

/** The text in the middle of a line of `cells`, filled up with spaces. */
export const centred = (text: string, cells: number): string => {
  const free = Math.max(0, cells - cellsOf(text));
  const before = Math.floor(free / 2);
  return " ".repeat(before) + text + " ".repeat(free - before);
};

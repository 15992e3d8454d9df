import type { Case } from "../../../shared/domain/case/intake.ts";
import type { Light } from "../../../shared/domain/deadline/light.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { isOver } from "./case-words.ts";

/** What a list of cases is narrowed to. */
export interface CaseFilter {
  /** Contained in number, platform number or item. */
  readonly text: string;
  /** "open": all that somebody still has to do something with. */
  readonly state: "open" | "all" | Case["state"];
  readonly light: "all" | Light;
}

const dueOf = (one: Case): string => one.due?.promised ?? one.due?.legal ?? "9999";

const matchesText = (one: Case, text: string): boolean =>
  text === "" ||
  one.number.includes(text) ||
  one.itemName.includes(text) ||
  (one.platformNo?.includes(text) ?? false) ||
  one.department.includes(text);

/** All cases in the order of their due days, those without one last, newer ones after older ones. */
export const sortedCases = (cases: HallState["cases"]): readonly Case[] =>
  [...cases.values()].sort((left, right) => {
    const [one, other] = [dueOf(left), dueOf(right)];
    return one < other ? -1 : one > other ? 1 : left.number < right.number ? -1 : 1;
  });

export const filterCases = (
  cases: readonly Case[],
  filter: CaseFilter,
  lightOf: (one: Case) => Light | undefined,
): readonly Case[] => {
  const text = filter.text.trim();
  return cases.filter(
    (one) =>
      (filter.state === "all" || (filter.state === "open" ? !isOver(one.state) : one.state === filter.state)) &&
      (filter.light === "all" || lightOf(one) === filter.light) &&
      matchesText(one, text),
  );
};

/** How many cases lie in each state, how many somebody still has to do something with, and all. */
export const countByState = (cases: readonly Case[]): Readonly<Partial<Record<CaseFilter["state"], number>>> => {
  const counts: Partial<Record<CaseFilter["state"], number>> = { all: cases.length };
  for (const { state } of cases) {
    counts[state] = (counts[state] ?? 0) + 1;
    if (!isOver(state)) counts.open = (counts.open ?? 0) + 1;
  }
  return counts;
};

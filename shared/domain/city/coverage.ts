import { z } from "zod";

const items = z.int().min(0).max(99_999);

/**
 * How many service items there are, as the hall counts them by its city's list (依申请政务服务事项目录): what 进驻率, 一窗率 and
 * 网办率 are made of. No event tells them; the hall gives them in its plan. Whole counts, no samples.
 */
export const coverageSchema = z
  .object({
    asOf: z.iso.date(),
    /** Items on the list that must be offered. */
    listed: items.min(1),
    /** Of them, handled in the hall (进驻大厅). */
    inHall: items,
    /** Of those in the hall, taken in at comprehensive windows (综合窗口). */
    oneWindow: items,
    /** Of the listed ones, that can be applied for online (可网办). */
    online: items,
  })
  .refine(({ inHall, listed }) => inHall <= listed, "more items in the hall than listed")
  .refine(({ oneWindow, inHall }) => oneWindow <= inHall, "more items at comprehensive windows than in the hall")
  .refine(({ online, listed }) => online <= listed, "more items online than listed");
export type Coverage = Readonly<z.infer<typeof coverageSchema>>;

/** One of the rates, or null where its whole is nothing. */
export interface Rate {
  readonly part: number;
  readonly of: number;
  /** 0 to 1. */
  readonly share: number;
}

export interface CoverageRates {
  /** 进驻率: in the hall ÷ listed. */
  readonly inHall: Rate | null;
  /** 一窗率: at comprehensive windows ÷ in the hall. */
  readonly oneWindow: Rate | null;
  /** 网办率: can be applied for online ÷ listed. */
  readonly online: Rate | null;
}
export const rateNames = ["inHall", "oneWindow", "online"] as const satisfies readonly (keyof CoverageRates)[];

const rate = (part: number, of: number): Rate | null => (of === 0 ? null : { part, of, share: part / of });

/** The rates of all that have given their figures, together; null each when nobody has. */
export const ratesOf = (given: readonly (Coverage | null)[]): CoverageRates => {
  const sum = (name: "listed" | "inHall" | "oneWindow" | "online"): number =>
    given.reduce((total, each) => total + (each?.[name] ?? 0), 0);
  const listed = sum("listed");
  return {
    inHall: rate(sum("inHall"), listed),
    oneWindow: rate(sum("oneWindow"), sum("inHall")),
    online: rate(sum("online"), listed),
  };
};

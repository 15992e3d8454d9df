import type { Day } from "../../shared/basics/time.ts";
import { rateNames, ratesOf, type Coverage, type CoverageRates } from "../../shared/domain/city/coverage.ts";
import { countNames } from "../../shared/domain/city/hall-counts.ts";
import { sumOf, type HallLine } from "../../shared/domain/city/overview.ts";
import type { Share } from "../../shared/domain/review/figures.ts";
import { pageTexts } from "../reviews/page-texts.ts";
import { bold, workbook } from "../sheets/workbook.ts";

/** The city's view as a workbook: one line a hall and one of all together. Shares stand with their interval, or with the reason why not. */
export const citySheet = (
  lines: readonly HallLine[],
  asked: { readonly from: Day; readonly to: Day },
): Promise<Buffer> => {
  const { say } = pageTexts("zh-CN");
  const share = (of: Share | null): (number | string)[] =>
    of === null
      ? [say("city.tooFew"), "", ""]
      : [of.share, of.from, of.to].map((each) => Math.round(each * 1000) / 1000);
  const rates = (of: CoverageRates, asOf: string): (number | string)[] => [
    ...rateNames.map((name) => {
      const rate = of[name];
      return rate === null ? say("city.notGiven") : Math.floor(rate.share * 1000) / 1000;
    }),
    asOf,
  ];
  const items = (of: Coverage | null): (number | string)[] =>
    of === null ? ["", "", "", ""] : [of.listed, of.inHall, of.oneWindow, of.online];
  const line = (name: string, area: string, of: Pick<HallLine, "counts" | "lights" | "satisfied" | "onTime">) => [
    name,
    area,
    of.lights.red,
    of.lights.yellow,
    of.lights.open,
    ...countNames.map((count) => of.counts[count]),
    ...share(of.satisfied),
    ...share(of.onTime),
  ];
  const head = [
    "hall",
    "area",
    "red",
    "yellow",
    "open",
    ...countNames,
    "satisfied",
    "from",
    "to",
    "onTime",
    "from",
    "to",
    ...rateNames,
    "asOf",
    "listedItems",
    "hallItems",
    "oneWindowItems",
    "onlineItems",
  ];
  const all = sumOf(lines);
  return workbook([
    {
      sheet: say("city.sheet"),
      data: [
        [bold(say("city.title")), bold(say("city.period", { from: asked.from, to: asked.to }))],
        head.map((name) => bold(say(`city.column.${name}`))),
        [
          ...line(say("city.all"), "", all),
          ...rates(all.rates, say("city.given", { given: all.given, n: lines.length })),
          ...items(null),
        ],
        ...lines.map((each) => [
          ...line(each.name, each.areaName === "" ? each.area : each.areaName, each),
          ...rates(ratesOf([each.coverage]), each.coverage?.asOf ?? ""),
          ...items(each.coverage),
        ]),
      ],
      stickyRowsCount: 2,
    },
    {
      sheet: say("city.how.sheet"),
      data: [...rateNames, "lights", "shares"].map((name) => [
        bold(say(`city.column.${name}`)),
        say(`city.how.${name}`),
      ]),
      columns: [{ width: 14 }, { width: 90 }],
    },
  ]);
};

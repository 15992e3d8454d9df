import writeExcelFile from "write-excel-file/node";
import type { Day } from "../../shared/basics/time.ts";
import { countNames } from "../../shared/domain/city/hall-counts.ts";
import { sumOf, type HallLine } from "../../shared/domain/city/overview.ts";
import type { Share } from "../../shared/domain/review/figures.ts";
import { pageTexts } from "../reviews/page-texts.ts";

/** The city's view as a workbook: one line a hall and one of all together. Shares stand with their interval, or with the reason why not. */
export const citySheet = async (
  lines: readonly HallLine[],
  asked: { readonly from: Day; readonly to: Day },
): Promise<Buffer> => {
  const { say } = pageTexts("zh-CN");
  const bold = (value: string) => ({ value, fontWeight: "bold" as const });
  const share = (of: Share | null): (number | string)[] =>
    of === null
      ? [say("city.tooFew"), "", ""]
      : [of.share, of.from, of.to].map((each) => Math.round(each * 1000) / 1000);
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
  ];
  return writeExcelFile([
    {
      sheet: say("city.sheet"),
      data: [
        [bold(say("city.title")), bold(say("city.period", { from: asked.from, to: asked.to }))],
        head.map((name) => bold(say(`city.column.${name}`))),
        line(say("city.all"), "", sumOf(lines)),
        ...lines.map((each) => line(each.name, each.areaName === "" ? each.area : each.areaName, each)),
      ],
      stickyRowsCount: 2,
    },
  ]).toBuffer();
};

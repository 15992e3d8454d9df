import { z } from "zod";
import type { Result } from "../../../../shared/basics/result.ts";
import { CITY_PATH } from "../../../../shared/contract/city.ts";
import type { HallCounts } from "../../../../shared/domain/city/hall-counts.ts";
import type { HallLine, OpenKind } from "../../../../shared/domain/city/overview.ts";
import type { Terminal } from "../../../store/terminal.ts";
import { askDesk } from "../ask-desk.ts";
import { deskSheet, keepSheet } from "../keep-sheet.ts";

export interface CityRange {
  readonly from: string;
  readonly to: string;
  readonly area: string;
}

/** One hall behind its name. */
export interface HallAnswer {
  readonly days: readonly { readonly day: string; readonly counts: HallCounts }[];
  readonly kinds: readonly OpenKind[];
}

/** Made by the city's own center. */
const hallsSchema = z.object({ halls: z.array(z.custom<HallLine>()) });
const hallSchema = z.object({
  days: z.array(z.custom<HallAnswer["days"][number]>()),
  kinds: z.array(z.custom<OpenKind>()),
});

export const readHalls = (terminal: Terminal, range: CityRange): Promise<Result<z.infer<typeof hallsSchema>, string>> =>
  askDesk(terminal, `${CITY_PATH}/overview`, hallsSchema, range);

export const readHall = (
  terminal: Terminal,
  hallId: string,
  { from, to }: CityRange,
): Promise<Result<HallAnswer, string>> => askDesk(terminal, `${CITY_PATH}/hall`, hallSchema, { hallId, from, to });

export const exportHalls = async (terminal: Terminal, range: CityRange): Promise<Result<boolean, string>> => {
  const sheet = await deskSheet(terminal, `${CITY_PATH}/export`, range);
  return sheet.ok ? keepSheet(sheet.value, `city-${range.from}-${range.to}.xlsx`) : sheet;
};

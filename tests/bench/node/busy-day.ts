import { uuidv7 } from "uuidv7";
import type { Command } from "../../../shared/domain/hall/commands.ts";
import { reviewIdOf } from "../../../shared/domain/review/review.ts";
import { command, type NodeLine } from "./line.ts";

/** The lines of one counter's clerk and of its review screen. */
interface DayLines {
  readonly window: NodeLine;
  readonly review: NodeLine;
  readonly counterId: string;
  readonly clerkId: string;
}

const ITEMS = ["企业开办", "不动产转移登记", "社会保险参保登记", "居民身份证换领", "住房公积金提取", "施工许可证核发"];

export const newTicketIds = (count: number): string[] => Array.from({ length: count }, () => uuidv7());

/** A person takes a number with an item named, as at a kiosk. */
export const takeCommands = (ids: readonly string[], businesses: readonly string[], at: number): Command[] =>
  ids.flatMap((ticketId, index) => {
    const businessId = businesses[index % businesses.length]!;
    const item = { itemCode: `11440000006939${String(100_000 + index)}`, itemName: ITEMS[index % ITEMS.length]! };
    return [
      command("TakeTicket", { ticketId, businessId, class: "ordinary", ...item, personKey: null }, "record", at),
      command("RecordPrint", { ticketId, outcome: "printed" }, "record", at),
    ];
  });

/** Each of them is called, served and gives a review. */
export const serve = async (lines: DayLines, ids: readonly string[], at: number): Promise<void> => {
  const { counterId, clerkId } = lines;
  const acts = ids.flatMap((ticketId) => [
    command("CallNext", { counterId, ticketId }, "record", at),
    command("BeginService", { ticketId, counterId }, "record", at),
    command("EndService", { ticketId, counterId }, "record", at),
  ]);
  await lines.window.send(acts, clerkId);
  const reviews = ids.map((ticketId) =>
    command(
      "GiveReview",
      {
        reviewId: reviewIdOf(ticketId, 1),
        counterId,
        level: 5,
        tags: [],
        elapsedMs: 4_000,
        channel: "secondDisplay",
        textId: null,
        phoneId: null,
      },
      "record",
      at,
    ),
  );
  await lines.review.send(reviews);
};

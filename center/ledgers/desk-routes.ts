import type { FastifyInstance } from "fastify";
import { dayOf } from "../../shared/basics/time.ts";
import {
  DESK_LEDGERS_PATH,
  deskLedgerCodeSchema,
  deskLedgerRangeSchema,
  type LedgerCode,
} from "../../shared/contract/desk-ledgers.ts";
import { mayTake } from "../../shared/domain/identity/permissions.ts";
import { kioskSettingsOf } from "../../shared/domain/kiosk/kiosk-settings.ts";
import type { LedgerDefinition } from "../../shared/domain/ledger/definition.ts";
import type { LedgerEntry } from "../../shared/domain/ledger/entry.ts";
import { ledgersOf } from "../../shared/domain/ledger/ledgers.ts";
import { ledgerGroupOf, seesEntry } from "../../shared/domain/ledger/visible.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import type { Device } from "../identity/devices.ts";
import { noteAct } from "../identity/staff-audit.ts";
import type { HallLog } from "../log/hall-log.ts";
import { deskAsker, parseBody, perDesk } from "../reviews/desk-routes.ts";
import { ledgerSheet } from "./ledger-sheet.ts";
import { entriesBetween, readEntries } from "./read-entries.ts";
import { makeSurveyCode } from "./survey-code.ts";
import { SURVEY_PATH } from "./survey-routes.ts";

/** What the desk asks about ledgers beside its feed: entries that ended long ago, the workbook, the code of a questionnaire. */
export const deskLedgerRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock, personal } = context;

  const find = async (device: Device, ledgerId: string): Promise<{ hall: HallLog; definition: LedgerDefinition }> => {
    const { hall } = await context.halls.get(device.hallId);
    const definition = ledgersOf(hall.plan).get(ledgerId);
    if (!definition) throw apiError("not_found");
    return { hall, definition };
  };
  const entriesFor = async (
    device: Device,
    asked: { readonly ledgerId: string; readonly from: string; readonly to: string },
  ): Promise<readonly LedgerEntry[]> => {
    if (asked.from > asked.to) throw apiError("bad_request", { field: "from" });
    const entries = await readEntries(database, device.hallId);
    return entriesBetween(entries, asked.ledgerId, asked).filter((entry) => seesEntry(device, entry));
  };

  app.post(
    `${DESK_LEDGERS_PATH}/list`,
    { config: perDesk },
    async (request): Promise<{ entries: readonly LedgerEntry[] }> => {
      const asked = parseBody(deskLedgerRangeSchema, request.body);
      const device = await deskAsker(context, asked, (asker) => ledgerGroupOf(asker) !== undefined);
      await find(device, asked.ledgerId);
      return { entries: await entriesFor(device, asked) };
    },
  );

  app.post(`${DESK_LEDGERS_PATH}/export`, { config: perDesk }, async (request, reply) => {
    const asked = parseBody(deskLedgerRangeSchema, request.body);
    const device = await deskAsker(context, asked, (asker) => mayTake(asker, "ledgers"));
    const { hall, definition } = await find(device, asked.ledgerId);
    const group = ledgerGroupOf(device);
    if (group === undefined || group === "page" || !definition.exportedBy.includes(group))
      throw apiError("unauthorised");
    const offset = hall.plan?.utcOffsetMinutes ?? 480;
    const { ledgerId, from, to } = asked;
    const sheet = await ledgerSheet(definition, await entriesFor(device, asked), {
      hallName: hall.plan?.name ?? "",
      from,
      to,
      today: dayOf(clock(), offset),
      offset,
    });
    await noteAct(database, device, asked.clerkId, "ledger.export", `${ledgerId} ${from}..${to}`, clock());
    return reply
      .type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
      .header("cache-control", "no-store")
      .header("content-disposition", `attachment; filename="ledger-${ledgerId}-${from}-${to}.xlsx"`)
      .send(sheet);
  });

  app.post(`${DESK_LEDGERS_PATH}/code`, { config: perDesk }, async (request): Promise<LedgerCode> => {
    const asked = parseBody(deskLedgerCodeSchema, request.body);
    const device = await deskAsker(context, asked);
    const { hall, definition } = await find(device, asked.ledgerId);
    if (!definition.opening.by.includes("page")) throw apiError("bad_request", { field: "ledgerId" });
    const now = clock();
    const { code, until } = makeSurveyCode(personal, device.hallId, asked, now, hall.plan?.utcOffsetMinutes ?? 480);
    await noteAct(database, device, asked.clerkId, "ledger.code", `${asked.ledgerId} ${until} ${asked.by}`, now);
    const base = kioskSettingsOf(hall.plan).publicUrl ?? `${request.protocol}://${request.host}`;
    return { url: `${base}${SURVEY_PATH}/${device.hallId}/${code}`, until };
  });
};

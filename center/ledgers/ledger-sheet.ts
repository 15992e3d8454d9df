import { clockOf, dayOf, type Day } from "../../shared/basics/time.ts";
import { endedLate, pressingMark } from "../../shared/domain/ledger/clocks.ts";
import { isSealed, type LedgerDefinition, type LedgerField } from "../../shared/domain/ledger/definition.ts";
import type { LedgerAct, LedgerEntry, LedgerValue } from "../../shared/domain/ledger/entry.ts";
import { pageTexts, type PageTexts } from "../reviews/page-texts.ts";
import { bold, workbook } from "../sheets/workbook.ts";

type Say = PageTexts["say"];

/** A value as people read it. */
export const valueText = (field: LedgerField, value: LedgerValue | undefined, say: Say): string => {
  if (value === undefined) return "";
  const choice = (id: string): string => field.choices.find((each) => each.id === id)?.name ?? id;
  if (typeof value === "boolean") return say(value ? "ledger.yes" : "ledger.no");
  if (Array.isArray(value))
    return (value as readonly string[]).map(field.kind === "choices" ? choice : String).join("；");
  return field.kind === "choice" ? choice(String(value)) : String(value);
};

const actText = (definition: LedgerDefinition, act: LedgerAct, offset: number, say: Say): string => {
  const name =
    act.kind === "move"
      ? (definition.moves.find(({ id }) => id === act.moveId)?.name ?? act.moveId ?? "")
      : say(`ledger.act.${act.kind}`);
  return `${dayOf(act.at, offset)} ${clockOf(act.at, offset)} ${name}${act.note === "" ? "" : `：${act.note}`}`;
};

/**
 * A ledger as a workbook: a sheet of entries as they stand, and one of every step ever taken. Personal fields say only whether
 * something is written there: a file that goes from hand to hand holds nobody's name.
 */
export const ledgerSheet = (
  definition: LedgerDefinition,
  entries: readonly LedgerEntry[],
  setting: {
    readonly hallName: string;
    readonly from: Day;
    readonly to: Day;
    readonly today: Day;
    readonly offset: number;
  },
): Promise<Buffer> => {
  const { say } = pageTexts("zh-CN");
  const { hallName, from, to, today, offset } = setting;
  const stateName = (id: string): string => definition.states.find((state) => state.id === id)?.name ?? id;
  const cellOf = (field: LedgerField, entry: LedgerEntry): string =>
    isSealed(field)
      ? say(field.id in entry.sealed ? "ledger.sealed" : "ledger.none")
      : valueText(field, entry.values[field.id], say);
  const head = ["number", "openedAt", "state", "light", "late"].map((name) => bold(say(`ledger.column.${name}`)));
  const light = ({ clocks }: LedgerEntry): string =>
    say(`ledger.light.${pressingMark(clocks, today)?.light ?? "none"}`);
  return workbook([
    {
      sheet: definition.name,
      data: [
        [bold(`${hallName} ${definition.name}`), bold(say("ledger.period", { from, to }))],
        [...head, ...definition.fields.map(({ name }) => bold(name))],
        ...entries.map((entry) => [
          entry.number,
          `${entry.openedDay} ${clockOf(entry.openedAt, offset)}`,
          stateName(entry.state),
          light(entry),
          say(entry.clocks.some(endedLate) ? "ledger.yes" : "ledger.no"),
          ...definition.fields.map((field) => cellOf(field, entry)),
        ]),
      ],
      stickyRowsCount: 2,
    },
    {
      sheet: say("ledger.history"),
      data: [
        [bold(say("ledger.column.number")), bold(say("ledger.column.step")), bold(say("ledger.column.state"))],
        ...entries.flatMap((entry) =>
          entry.history.map((act) => [entry.number, actText(definition, act, offset, say), stateName(act.to)]),
        ),
      ],
      stickyRowsCount: 1,
    },
  ]);
};

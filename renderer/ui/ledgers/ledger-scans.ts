import { forgetTaken } from "../../papers/scan-keep.ts";
import type { LedgerDefinition } from "../../../shared/domain/ledger/definition.ts";
import type { Terminal } from "../../store/terminal.ts";

/** Names a form by what it is for, so that no other form finds what was scanned in it. @param step a move, `open` or `amend` */
export const formPlace = (ledgerId: string, entryId: string, step: string): string =>
  `ledger.${ledgerId}.${entryId}.${step}`;

/** Where the unfinished scan of one field of a form is kept. */
export const scanPlace = (form: string, fieldId: string): string => `${form}.${fieldId}`;

/** Forgets what was scanned and not finished in a form that was sent or given up. */
export const forgetScans = async (
  terminal: Pick<Terminal, "readDraft" | "writeDraft">,
  { fields }: LedgerDefinition,
  form: string,
): Promise<void> => {
  for (const { id, kind } of fields) if (kind === "files") await forgetTaken(terminal, scanPlace(form, id));
};

import { uuidv7 } from "uuidv7";
import type { Applicant } from "../../shared/domain/case/applicant.ts";
import { nextCaseSerial } from "../../shared/domain/case/case-number.ts";
import type { AppliedItem } from "../../shared/domain/case/intake.ts";
import { applicantOf, appliedItem, HASH, intakeOf, receipt, requirement } from "../../shared/testing/case-fixture.ts";
import type { NodeClient } from "./node-client.ts";

/** Somebody who applies; ID number and phone are made up and well formed. */
export const applicant = applicantOf();

/** What would give that person away, whole or masked; nothing so short that a time stamp or an id could hold it. */
export const APPLICANT_TRACES = /张三|某路|1101051949|1231002X|12345678|138\*/i;

export interface TakeInIds {
  readonly intakeId: string;
  readonly caseId: string;
  readonly applicantId: string;
}

export const newIds = (): TakeInIds => ({ intakeId: uuidv7(), caseId: uuidv7(), applicantId: uuidv7() });

/** Opens an intake of one item at counter 1 and accepts it, as a window does. @returns its number */
export const takeIn = async (
  window: NodeClient,
  by: { readonly deviceId: string; readonly clerkId: string },
  ids: TakeInIds,
  { who = applicant, item = {} }: { readonly who?: Applicant; readonly item?: Partial<AppliedItem> } = {},
): Promise<string> => {
  const { clerkId } = by;
  const record = { mode: "record", clerkId } as const;
  await window.send("LeaseCaseNumbers", {}, { clerkId });
  const { intakeId, caseId, applicantId } = ids;
  await window.send(
    "OpenIntake",
    intakeOf({
      intakeId,
      serial: nextCaseSerial(window.state.caseLeases, by.deviceId),
      applicantId,
      items: [appliedItem(caseId, item)],
      materials: [requirement("m1", { wishes: [{ caseId, necessity: 1, form: 3, copies: 0 }] })],
    }),
    { ...record, personal: [{ id: applicantId, kind: "applicant", value: JSON.stringify(who) }] },
  );
  await window.send("ReceiveMaterial", { intakeId, key: "m1", receipt: receipt() }, record);
  await window.send(
    "FillForm",
    { intakeId, formId: `form-${intakeId}`, formHash: HASH, errors: [] },
    { ...record, personal: [{ id: `form-${intakeId}`, kind: "form", value: '{"person":{"name":"张三"}}' }] },
  );
  await window.send("AcceptIntake", { intakeId }, record);
  return window.state.intakes.get(intakeId)?.number ?? "";
};

import type { ApplicantCasesResponse } from "../../shared/contract/cases.ts";
import type { Database } from "../db/database.ts";
import { applicantKey } from "../identity/applicant-key.ts";
import type { PersonalBox } from "../identity/personal.ts";

const MOST = 50;

interface Row {
  readonly intake_id: string;
  readonly intake_number: string;
  readonly intake_state: string;
  readonly opened_at: number;
  readonly case_id: string;
  readonly number: string;
  readonly item_code: string;
  readonly item_name: string;
  readonly department: string;
  readonly state: string;
}

/** The intakes of whoever has this number, newest first: found by its keyed hash, the number itself is not kept. */
export const findApplicantCases = async (
  database: Database,
  personal: PersonalBox,
  hallId: string,
  idNo: string,
): Promise<ApplicantCasesResponse["intakes"]> => {
  const { rows } = await database.query<Row>(
    `SELECT i.intake_id, i.number AS intake_number, i.state AS intake_state, i.opened_at,
       c.case_id, c.number, c.item_code, c.item_name, c.department, c.state
     FROM (SELECT * FROM intakes WHERE hall_id = $1 AND person_key = $2 ORDER BY opened_at DESC, intake_id LIMIT $3) i
     JOIN cases c ON c.hall_id = i.hall_id AND c.intake_id = i.intake_id
     ORDER BY i.opened_at DESC, i.intake_id, c.number`,
    [hallId, personal.personKey(hallId, applicantKey(idNo)), MOST],
  );
  const intakes = new Map<string, ApplicantCasesResponse["intakes"][number]>();
  for (const row of rows) {
    const { intake_id: intakeId, intake_number: number, intake_state: state, opened_at: openedAt } = row;
    const intake = intakes.get(intakeId) ?? { intakeId, number, state, openedAt, cases: [] };
    intakes.set(intakeId, intake);
    intake.cases.push({
      caseId: row.case_id,
      number: row.number,
      itemCode: row.item_code,
      itemName: row.item_name,
      department: row.department,
      state: row.state,
    });
  }
  return [...intakes.values()];
};

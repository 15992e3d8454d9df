import { clockOf, dayOf } from "../../shared/basics/time.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import type { ReportFacts } from "../../shared/domain/report/report-profile.ts";
import { tagsOfLevel } from "../../shared/domain/review/review-tags.ts";
import { reviewLevelSchema } from "../../shared/domain/review/review.ts";
import type { CatalogueStore } from "../catalogue/catalogue-store.ts";
import type { Database } from "../db/database.ts";
import type { PersonalBox } from "../identity/personal.ts";

interface Row {
  readonly review_id: string;
  readonly at: number;
  readonly number: string | null;
  readonly ticket_id: string | null;
  readonly case_id: string | null;
  readonly item_code: string | null;
  readonly item_name: string | null;
  readonly level: number;
  readonly tags: string;
  readonly channel: string;
  readonly is_first: boolean;
  readonly counts: boolean;
  readonly text_id: string | null;
  readonly taken_at: number | null;
  readonly box: Buffer | null;
}

const TASK_CODE = 31;
const CREDIT_CODE = 18;

/**
 * What a platform may be told of a review. The telephone number is not among it: it was left for the call-back and for
 * nothing else.
 */
export const evaluationFacts = async (
  deps: { readonly database: Database; readonly catalogues: CatalogueStore; readonly personal: PersonalBox },
  hallId: string,
  plan: HallPlan,
  seq: number,
): Promise<ReportFacts | undefined> => {
  const { rows } = await deps.database.query<Row>(
    `SELECT l.*, t.taken_at, p.box FROM review_ledger l
     LEFT JOIN tickets t ON t.hall_id = l.hall_id AND t.ticket_id = l.ticket_id
     LEFT JOIN personal p ON p.hall_id = l.hall_id AND p.id = l.text_id AND p.kind = 'reviewText'
     WHERE l.hall_id = $1 AND l.seq = $2`,
    [hallId, seq],
  );
  const row = rows[0];
  if (!row) return undefined;
  const timeOf = (ms: number): string => {
    const seconds = String(Math.floor(ms / 1000) % 60).padStart(2, "0");
    return `${dayOf(ms, plan.utcOffsetMinutes)} ${clockOf(ms, plan.utcOffsetMinutes)}:${seconds}`;
  };
  const code = row.item_code;
  const item = code === null ? undefined : deps.catalogues.findItem(code);
  const own = new Set(tagsOfLevel[reviewLevelSchema.parse(row.level)].map((tag) => tag.code));
  const { areaCode, areaName } = plan.settings.reporting ?? { areaCode: null, areaName: null };
  const days = item?.promisedLimit?.days ?? 0;
  return {
    "hall.areaCode": areaCode,
    "hall.areaName": areaName,
    "hall.regionCode12": areaCode?.padEnd(12, "0") ?? null,
    "item.taskCode": code?.slice(0, TASK_CODE) ?? null,
    "item.handleItem": code !== null && code.length > TASK_CODE ? code : null,
    "item.name": item?.name ?? row.item_name,
    "item.kind": item?.kind ?? null,
    "item.kindName": item?.kind ?? null,
    "item.department": item?.department ?? null,
    "item.deptCode": code?.slice(0, CREDIT_CODE) ?? null,
    "item.promise": item === undefined ? null : days > 0 ? "promised" : "onTheSpot",
    "project.no": row.case_id ?? row.review_id,
    "project.name": item?.name ?? row.item_name,
    "project.status": row.case_id === null ? "done" : "handling",
    "project.acceptedAt": timeOf(row.taken_at ?? row.at),
    "review.channel": row.channel,
    "review.level": row.level,
    "review.tags": (JSON.parse(row.tags) as string[]).filter((tag) => own.has(tag)).join(","),
    "review.text":
      row.text_id !== null && row.box !== null
        ? deps.personal.open(hallId, { id: row.text_id, kind: "reviewText" }, row.box)
        : null,
    "review.time": timeOf(row.at),
    "review.count": row.is_first ? "first" : "added",
    "review.standing": row.counts ? "counts" : "excluded",
  };
};

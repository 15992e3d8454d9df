import { fleetLimitsOf } from "../../shared/domain/fleet/fleet-limits.ts";
import type { TerminalStanding } from "../../shared/contract/api.ts";
import type { FleetBody } from "../../shared/contract/fleet.ts";
import type { FleetTerminal } from "../../shared/domain/fleet/fleet.ts";
import { terminalReportSchema, type TerminalReport } from "../../shared/domain/fleet/terminal-report.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import { terminalRoleSchema } from "../../shared/domain/identity/roles.ts";
import type { Database } from "../db/database.ts";
import { IS_SECOND, type Device } from "../identity/devices.ts";

/** Revoked terminals are listed for so long. */
const REVOKED_MS = 30 * 86_400_000;
/** More than any hall has. */
const TERMINALS_MAX = 500;

/** How terminals of a hall stand now, by device; left out: those that do not belong to the hall any more. */
export const readStandings = async (
  database: Database,
  hallId: string,
  deviceIds: readonly string[],
): Promise<ReadonlyMap<string, TerminalStanding>> => {
  const { rows } = await database.query<{
    device_id: string;
    name: string;
    role: string;
    counter_id: string | null;
    is_locked: boolean;
    orders: number;
  }>(
    `SELECT device_id, name, role, counter_id, locked_at IS NOT NULL AS is_locked,
       (SELECT count(*)::integer FROM fleet_orders o
        WHERE o.hall_id = d.hall_id AND o.device_id = d.device_id AND o.state = 'open') AS orders
     FROM devices d WHERE hall_id = $1 AND device_id = ANY ($2) AND revoked_at IS NULL`,
    [hallId, deviceIds],
  );
  return new Map(
    rows.map(({ device_id: deviceId, name, role, counter_id: counterId, is_locked: isLocked, orders }) => [
      deviceId,
      { name, role: terminalRoleSchema.parse(role), counterId, isLocked, orders },
    ]),
  );
};

/** How a terminal stands now; undefined for one that does not belong to the hall any more. */
export const readStanding = async (
  database: Database,
  { hallId, deviceId }: Pick<Device, "hallId" | "deviceId">,
): Promise<TerminalStanding | undefined> => (await readStandings(database, hallId, [deviceId])).get(deviceId);

/** Keeps what a terminal told of itself last. */
export const keepReport = async (
  database: Database,
  { hallId, deviceId }: Pick<Device, "hallId" | "deviceId">,
  report: TerminalReport,
  now: number,
): Promise<void> => {
  await database.query(
    `INSERT INTO terminal_reports (hall_id, device_id, reported_at, report) VALUES ($1, $2, $3, $4)
     ON CONFLICT (hall_id, device_id) DO UPDATE SET reported_at = excluded.reported_at, report = excluded.report`,
    [hallId, deviceId, now, JSON.stringify(report)],
  );
};

/** All terminals of a hall that is homed here, in the order of their enrolment. */
export const readTerminals = async (
  database: Database,
  hallId: string,
  now: number,
): Promise<readonly FleetTerminal[]> => {
  const { rows } = await database.query<{
    device_id: string;
    name: string;
    role: string;
    counter_id: string | null;
    department: string | null;
    enrolled_at: number;
    last_seen_at: number | null;
    is_second: boolean;
    locked_at: number | null;
    lock_reason: string;
    revoked_at: number | null;
    reported_at: number | null;
    report: string | null;
  }>(
    `SELECT d.device_id, d.name, d.role, d.counter_id, d.department, d.enrolled_at, d.last_seen_at, d.locked_at, d.lock_reason, ${IS_SECOND} AS is_second,
       d.revoked_at, r.reported_at, r.report
     FROM devices d LEFT JOIN terminal_reports r ON r.hall_id = d.hall_id AND r.device_id = d.device_id
     WHERE d.hall_id = $1 AND (d.revoked_at IS NULL OR d.revoked_at > $2)
     ORDER BY d.revoked_at IS NOT NULL, d.enrolled_at, d.device_id LIMIT ${String(TERMINALS_MAX)}`,
    [hallId, now - REVOKED_MS],
  );
  return rows.map((row) => ({
    deviceId: row.device_id,
    name: row.name,
    role: terminalRoleSchema.parse(row.role),
    counterId: row.counter_id,
    department: row.department,
    enrolledAt: row.enrolled_at,
    seenAt: latestOf(row.last_seen_at, row.reported_at),
    isSecond: row.is_second,
    lockedAt: row.locked_at,
    lockReason: row.lock_reason,
    revokedAt: row.revoked_at,
    reportedAt: row.reported_at,
    report: reportOf(row.report),
  }));
};

const latestOf = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? (left ?? right) : Math.max(left, right);

/** null: none, or one that this center does not understand (its program may be another one). */
const reportOf = (text: string | null): TerminalReport | null =>
  text === null ? null : (terminalReportSchema.safeParse(JSON.parse(text)).data ?? null);

/** A hall's terminals with what is needed to judge them. */
export const readFleet = async (
  database: Database,
  hall: { readonly hallId: string; readonly plan: HallPlan | null },
  nodeVersion: string,
  now: number,
): Promise<FleetBody> => ({
  hallName: hall.plan?.name ?? hall.hallId,
  limits: fleetLimitsOf(hall.plan),
  nodeVersion,
  counters: (hall.plan?.counters ?? []).map(({ id, name }) => ({ id, name })),
  terminals: [...(await readTerminals(database, hall.hallId, now))],
});

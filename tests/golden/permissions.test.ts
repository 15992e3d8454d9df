import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { LogRecord } from "../../shared/contract/log-record.ts";
import { isCaseEventType } from "../../shared/domain/case/events.ts";
import { commandTypes } from "../../shared/domain/hall/commands.ts";
import { decide } from "../../shared/domain/hall/decide.ts";
import type { SequencedEvent } from "../../shared/domain/hall/events.ts";
import { readEvent } from "../../shared/domain/hall/upcast.ts";
import { visible, type Viewer } from "../../shared/domain/hall/visible.ts";
import { isLedgerEvent } from "../../shared/domain/ledger/events.ts";
import {
  groupOf,
  groups,
  matters,
  mayIssue,
  mayReveal,
  mayServe,
  mayTake,
  permissions,
  terminalRights,
  type Group,
  type Matter,
} from "../../shared/domain/identity/permissions.ts";
import type { ActorRole } from "../../shared/domain/identity/roles.ts";
import { isRectificationEvent } from "../../shared/domain/rectification/events.ts";
import { isWorkOrderEvent } from "../../shared/domain/work-order/events.ts";
import { nodeActor, TestHall } from "../../shared/testing/hall-fixture.ts";

/*
 * The matrix of rights against what the program really does, for every group and every kind of event that a release has ever written
 * (the golden logs hold them all):
 * - what the matrix does not let a group see is never sent to it; what it lets it see whole is sent as it is;
 * - a command that a group may not send is refused whatever else holds, as a claim and as a record;
 * - who cannot see a matter can neither act in it, take it out nor read its personal data.
 */
const matterOf = (type: string): Matter => {
  if (isCaseEventType(type)) return "cases";
  if (isLedgerEvent({ type })) return "ledgers";
  if (isRectificationEvent({ type })) return "rectifications";
  if (isWorkOrderEvent({ type })) return "workOrders";
  if (type === "HallPlanSet") return "plan";
  if (type === "AnomalyRecorded") return "anomalies";
  if (type === "ReviewClaimed") return "reviewClaims";
  const begins: readonly (readonly [string, Matter])[] = [
    ["Review", "reviews"],
    ["Notice", "notices"],
    ["Help", "help"],
    ["Appointment", "appointments"],
  ];
  return begins.find(([beginning]) => type.startsWith(beginning))?.[1] ?? "queue";
};

const events = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith("-v1.json"))
  .flatMap((name) => (JSON.parse(readFileSync(`${import.meta.dirname}/${name}`, "utf8")) as { records: LogRecord[] }).records)
  .flatMap((record: SequencedEvent & LogRecord) => readEvent(record) ?? []);

/** Managers and technicians are sent what the desk is sent. */
type Screen = Exclude<Group, "page" | "node" | "manager" | "technician">;
const viewerOf = (group: Screen): Viewer => ({
  role: group === "department" ? "desk" : group,
  deviceId: `some-${group}`,
  counterId: group === "review" ? "1" : null,
  ...(group === "department" ? { department: "没有的部门" } : {}),
});

const isScreen = (group: Group): group is Screen => !["page", "node", "manager", "technician"].includes(group);
const screens = groups.filter(isScreen);

it.each(screens)("%s is sent what the matrix says, and nothing else", (group) => {
  const viewer = viewerOf(group);
  expect(groupOf(viewer)).toBe(group);
  for (const event of events) {
    const sight = permissions[matterOf(event.type)].see[group];
    const sent = visible(event, viewer);
    if (sight === undefined) expect(sent, `${group} was sent ${event.type}`).toBeNull();
    if (sight === "all") expect(sent, `${group} was not sent ${event.type}`).toEqual(event);
  }
});

it("a department that is named nowhere is sent of others' matters nothing but the day", () => {
  const viewer = viewerOf("department");
  const sent = new Set(events.flatMap((event) => visible(event, viewer)?.type ?? []));
  expect([...sent].sort()).toEqual(["DayOpened", "HallPlanSet"]);
});

it("every command has its line, and whoever may not send it is refused, as a claim and as a record", () => {
  const lines = matters.flatMap((matter) => Object.keys(permissions[matter].act));
  expect([...lines].sort()).toEqual([...commandTypes].sort());
  const { state } = new TestHall();
  for (const group of groups)
    for (const type of commandTypes)
      for (const mode of ["claim", "record"] as const) {
        const role: ActorRole = isScreen(group) && group !== "department" ? group : group === "page" || group === "node" ? group : "desk";
        const department = group === "department" ? { department: "人社局" } : {};
        const duty = group === "manager" || group === "technician" ? { duty: group } : {};
        const actor = { ...nodeActor, role, clerkId: "x", deviceId: "d", ...department, ...duty };
        if (mayIssue(actor, type)) continue;
        const decision = decide(state, { id: "x", type, mode, at: 0, data: {} } as never, { now: 1, actor });
        expect(decision.ok ? "accepted" : decision.error.code, `${group} sends ${type}`).toBe("not_permitted");
      }
});

it("the settings of the running hall are the manager's alone, at the duty desk and nowhere else", () => {
  const manager = { role: "desk", duty: "manager" } as const;
  expect(mayIssue(manager, "ChangeHallPlan")).toBe(true);
  for (const other of [
    { role: "desk" },
    { role: "desk", duty: "clerk" },
    { ...manager, department: "人社局" },
    { ...manager, role: "window" },
    { ...manager, role: "kiosk" },
  ] as const)
    expect(mayIssue(other, "ChangeHallPlan"), JSON.stringify(other)).toBe(false);
  for (const type of commandTypes)
    if (mayIssue({ role: "desk" }, type)) expect(mayIssue(manager, type), type).toBe(true);
});

it("the hall's terminals are the manager's and the technician's to change, and any duty desk's to look at", () => {
  const acts = Object.keys(terminalRights) as (keyof typeof terminalRights)[];
  for (const act of acts) {
    for (const duty of ["manager", "technician"] as const) {
      expect(mayServe({ role: "desk", duty }, act), `${duty} ${act}`).toBe(true);
      expect(mayServe({ role: "desk", duty, department: "人社局" }, act), `department ${act}`).toBe(false);
      expect(mayServe({ role: "window", duty }, act), `window ${act}`).toBe(false);
    }
    expect(mayServe({ role: "desk" }, act), `clerk ${act}`).toBe(act === "see");
    expect(mayServe({ role: "kiosk" }, act)).toBe(false);
  }
  expect(mayIssue({ role: "desk", duty: "technician" }, "ChangeHallPlan"), "settings of the hall").toBe(false);
});

it("nobody takes out or reads what they cannot see, and no public screen any of it", () => {
  for (const matter of matters) {
    const { see, take, reveal, named } = permissions[matter];
    for (const group of [...take, ...reveal, ...named]) {
      expect(Object.keys(see), `${group} of ${matter}`).toContain(group);
      expect(["window", "desk", "department"]).toContain(group);
    }
  }
  expect(mayTake({ role: "kiosk" }, "ledgers") || mayReveal({ role: "review" }, "reviews")).toBe(false);
  expect(mayReveal({ role: "desk", department: "人社局" }, "reviews")).toBe(false);
});

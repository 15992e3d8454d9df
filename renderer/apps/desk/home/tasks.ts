import { dayOf, type Day } from "../../../../shared/basics/time.ts";
import type { Case } from "../../../../shared/domain/case/intake.ts";
import type { Light } from "../../../../shared/domain/deadline/light.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import type { Actor } from "../../../../shared/domain/identity/roles.ts";
import { moveFault } from "../../../../shared/domain/ledger/decide.ts";
import { isOverdueEntry } from "../../../../shared/domain/ledger/due.ts";
import { ledgersOf } from "../../../../shared/domain/ledger/ledgers.ts";
import {
  lacksOf,
  lightOf as orderLight,
  mayDecideAppeal,
} from "../../../../shared/domain/rectification/rectification.ts";
import {
  isOpenOrder,
  isPaused,
  lacksGuideChange,
  orderLight as workOrderLight,
} from "../../../../shared/domain/work-order/work-order.ts";
import { rowOf } from "../../../ui/ledgers/ledger-model.ts";
import { hashOf } from "../route.ts";

/** Matters that have lights at the desk. */
export const litMatters = ["cases", "orders", "reviews", "ledgers"] as const;
export type LitMatter = (typeof litMatters)[number];

/** How one matter stands today. */
export interface MatterLights {
  readonly matter: LitMatter;
  readonly open: number;
  readonly red: number;
  readonly yellow: number;
  readonly href: string;
}

/** One thing that somebody at this desk should do. */
export interface Task {
  readonly id: string;
  readonly matter: LitMatter;
  readonly light: Light;
  /** By which the person who waits is named: a number, never a name. */
  readonly number: string;
  /** What it is about, as people wrote it or as the catalogue has it. */
  readonly about: string;
  /** Key of the next step's sentence. */
  readonly next: string;
  readonly due: Day | null;
  readonly href: string;
}

/** What the lights are worked out from. */
export interface HomeInput {
  readonly hall: HallState;
  readonly actor: Actor;
  readonly now: number;
  readonly caseLightOf: (one: Case) => Light | undefined;
}

/** States of a case in which the clock runs for a department. */
const inWork: ReadonlySet<Case["state"]> = new Set(["inTray", "returned", "special"]);

const caseTasks = ({ hall, caseLightOf }: HomeInput): readonly Task[] =>
  [...hall.cases.values()]
    .filter(({ state }) => inWork.has(state))
    .map((one) => ({
      id: one.id,
      matter: "cases",
      light: caseLightOf(one) ?? "none",
      number: one.number,
      about: one.itemName,
      next: `home:next.case.${one.state}`,
      due: one.due?.promised ?? null,
      href: hashOf("cases", one.id),
    }));

const reviewTasks = ({ hall, actor, now }: HomeInput): readonly Task[] => {
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const tries = hall.plan?.settings.rectification.callBackTries ?? 3;
  return [...hall.rectifications.values()]
    .filter(({ closedAt, clerkId }) => closedAt === null && clerkId !== actor.clerkId)
    .map((order) => ({
      id: order.id,
      matter: "reviews",
      light: orderLight(order, now) ?? "green",
      number: order.number ?? "–",
      about: order.itemName ?? order.department,
      // Only another person can go on with an appeal, so it stands before the steps that anybody can do.
      next: `home:next.review.${mayDecideAppeal(order, actor.clerkId) ? "appeal" : (lacksOf(order, tries)[0] ?? "close")}`,
      due: dayOf(order.dueAt, offset),
      href: hashOf("reviews", "orders", order.id),
    }));
};

const workOrderTasks = ({ hall, now }: HomeInput): readonly Task[] => {
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  // A closed one whose guide was not changed yet lets the next person fail on the same text.
  return [...hall.workOrders.values()]
    .filter((order) => isOpenOrder(order) || lacksGuideChange(order))
    .map((order) => ({
      id: order.id,
      matter: "orders",
      light: isPaused(order) ? "paused" : (workOrderLight(order, now) ?? "green"),
      number: order.number,
      about: order.itemName ?? order.department ?? "",
      next: `home:next.order.${isOpenOrder(order) ? order.status : "guide"}`,
      due: order.clock.due === null || !isOpenOrder(order) ? null : dayOf(order.clock.due.dueAt, offset),
      href: hashOf("orders", order.id),
    }));
};

const ledgerTasks = ({ hall, actor, now }: HomeInput): readonly Task[] => {
  const today = dayOf(now, hall.plan?.utcOffsetMinutes ?? 480);
  const ledgers = ledgersOf(hall.plan);
  return [...hall.ledgerEntries.values()].flatMap((entry) => {
    const definition = ledgers.get(entry.ledgerId);
    if (entry.endedAt !== null || definition === undefined) return [];
    const isMine = definition.moves.some((move) => moveFault(move, entry, actor) === null);
    // What is over its limit is the duty manager's business, whoever has to act.
    const isEscalated = actor.department == null && isOverdueEntry(entry, today);
    if (!isMine && !isEscalated) return [];
    const { light, mark } = rowOf(entry, today);
    const [first = ""] = definition.listed.map((id) => entry.values[id]).filter((value) => typeof value === "string");
    return [
      {
        id: entry.id,
        matter: "ledgers" as const,
        light,
        number: entry.number,
        about: first,
        // With nobody else to act there is nobody to urge.
        next: isEscalated && entry.departments.length > 0 ? "home:next.ledgerRed" : "home:next.ledger",
        due: mark?.dueDay ?? null,
        href: hashOf("ledgers", entry.ledgerId, entry.id),
      },
    ];
  });
};

const rank: Readonly<Record<Light, number>> = { red: 0, yellow: 1, unknown: 2, green: 3, paused: 4, none: 5 };

/** What somebody at this desk should do, the most pressing first: red, yellow, then by the day on which it is due. */
export const tasksOf = (input: HomeInput): readonly Task[] =>
  [...caseTasks(input), ...workOrderTasks(input), ...reviewTasks(input), ...ledgerTasks(input)].sort(
    (left, right) =>
      rank[left.light] - rank[right.light] ||
      ((left.due ?? "9999") < (right.due ?? "9999") ? -1 : (left.due ?? "9999") > (right.due ?? "9999") ? 1 : 0),
  );

/** Today's lights of each matter, from its open things, whoever has to do them. */
export const lightsOf = (input: HomeInput): readonly MatterLights[] => {
  const { hall, now, actor } = input;
  const today = dayOf(now, hall.plan?.utcOffsetMinutes ?? 480);
  const count = (matter: LitMatter, lights: readonly (Light | null)[]): MatterLights => ({
    matter,
    open: lights.length,
    red: lights.filter((light) => light === "red").length,
    yellow: lights.filter((light) => light === "yellow").length,
    href: hashOf(matter),
  });
  const cases = [...hall.cases.values()].filter(({ state }) => inWork.has(state));
  const entries = [...hall.ledgerEntries.values()].filter(({ endedAt }) => endedAt === null);
  const workOrders = [...hall.workOrders.values()].filter(isOpenOrder);
  const lights = [
    count(
      "cases",
      cases.map((one) => input.caseLightOf(one) ?? null),
    ),
    count(
      "orders",
      workOrders.map((order) => workOrderLight(order, now)),
    ),
    count(
      "ledgers",
      entries.map((entry) => rowOf(entry, today).light),
    ),
  ];
  if (actor.department != null) return lights;
  const orders = [...hall.rectifications.values()].filter(({ closedAt }) => closedAt === null);
  return [
    ...lights,
    count(
      "reviews",
      orders.map((order) => orderLight(order, now)),
    ),
  ];
};

import type { EnrolResponse } from "../../shared/contract/api.ts";
import { hallPlanSchema, type HallPlan } from "../../shared/domain/hall/plan.ts";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";

export interface LoadOrder {
  readonly dataDir: string;
  readonly halls: number;
  /** In each hall. */
  readonly terminals: number;
  /** Another center's database: this one joins it, and furnishes nothing. */
  readonly databaseUrl?: string;
}

export interface LoadDevice extends EnrolResponse {
  readonly clerkId: string;
}

export interface LoadReady {
  readonly url: string;
  readonly databaseUrl: string;
  readonly devices: readonly LoadDevice[];
}

const BUSINESSES = [..."ABCDEFGH"];

/** Anybody may take as many numbers as the load needs, at any time. */
export const planOf = (index: number): HallPlan =>
  hallPlanSchema.parse({
    hallId: `load-${String(index)}`,
    name: `负载大厅 ${String(index)}`,
    nameEn: `Load hall ${String(index)}`,
    sample: true,
    businesses: BUSINESSES.map((id) => ({ id, name: id, nameEn: id, dailyCap: 999, typicalServiceMinutes: 5 })),
    counters: Array.from({ length: 20 }, (_, counter) => ({
      id: String(counter + 1),
      number: counter + 1,
      name: "综合",
      nameEn: "General",
      zone: "A",
      businesses: BUSINESSES,
    })),
    settings: { requireOpenCounter: false },
  });

/** Of each six terminals two are windows with their review screens, one is a kiosk and one a board. */
export const placesOf = (terminals: number): { readonly role: TerminalRole; readonly counterId: string | null }[] =>
  Array.from({ length: terminals }, (_, index) => {
    const counterId = String((index % 20) + 1);
    const role = (["kiosk", "window", "display", "window", "review", "review"] as const)[index % 6] ?? "kiosk";
    return { role, counterId: role === "window" || role === "review" ? counterId : null };
  });

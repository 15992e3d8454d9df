import { readFile, writeFile } from "node:fs/promises";
import { readCalendarFile } from "../../shared/domain/deadline/calendar-file.ts";
import { intakeRulesOf } from "../../shared/domain/case/intake-rules.ts";
import { planProblems } from "../../shared/domain/hall/plan-problems.ts";
import { hallPlanSchema, type HallPlan } from "../../shared/domain/hall/plan.ts";
import { setUpHall } from "../hall-setup.ts";
import { putHandedPlan } from "../relay/handed-plan.ts";
import { theHall, withHall, withHalls, type DatabaseCommand } from "./halls.ts";
import { need, readJson, say, UsageError } from "./usage.ts";

/** A plan, or a sentence for each thing that is wrong with it. */
export const readPlan = (value: unknown): HallPlan => {
  const plan = hallPlanSchema.safeParse(value);
  if (plan.success) return plan.data;
  throw new UsageError(`The plan cannot be used:\n${planProblems(plan.error).join("\n")}`);
};

/** Puts the years of a holiday notice into a plan file. @returns the exit code: 1 when the notice is wrong, and nothing changed */
export const importCalendar = async (file: string, planFile: string): Promise<number> => {
  const years = readCalendarFile(await readFile(file, "utf8"));
  if (!years.ok) {
    for (const { line, reason } of years.error) say(`line ${String(line)}: ${reason}`);
    return 1;
  }
  const plan = readPlan(await readJson(planFile));
  const intake = intakeRulesOf(plan);
  const other = intake.calendars.filter(({ year }) => !years.value.some((each) => each.year === year));
  const next = readPlan({ ...plan, intake: { ...intake, calendars: [...other, ...years.value] } });
  await writeFile(planFile, `${JSON.stringify(next, null, 2)}\n`);
  say(
    `The plan knows ${years.value.map(({ year }) => String(year)).join(", ")} now; hand it down or start the node with it.`,
  );
  return 0;
};

/** The rules that a hall works by. */
export const planCommands: Readonly<Record<string, DatabaseCommand>> = {
  "show-plan": async (database, values) => {
    const plan = await withHall(database, values, await theHall(database, values), ({ hall }) => hall.plan);
    if (plan === null) throw new UsageError("The hall has no plan yet: set one with set-plan --plan FILE.");
    say(JSON.stringify(plan, null, 2));
    return 0;
  },
  "set-plan": async (database, values) => {
    const plan = readPlan(await readJson(need(values, "plan")));
    await withHalls(database, values, (halls) => setUpHall(database, halls, plan));
    say(`${plan.name} works by this plan now.`);
    return 0;
  },
  "hand-plan": async (database, values) => {
    await putHandedPlan(database, readPlan(await readJson(need(values, "plan"))), null);
    say("The hall takes the plan over within seconds.");
    return 0;
  },
};

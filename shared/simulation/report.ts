import type { TicketClass } from "../domain/queue/ticket.ts";
import type { SimulationResult, Visit } from "./simulate.ts";

/** Waits of some people, in minutes. */
export interface WaitFigures {
  readonly people: number;
  readonly median: number;
  readonly p90: number;
  readonly longest: number;
}

export interface SimulationReport {
  readonly classes: Readonly<Partial<Record<TicketClass, WaitFigures>>>;
  readonly businesses: Readonly<Record<string, WaitFigures>>;
  readonly idleShare: number;
  readonly idleBesideWaiting: number;
  readonly missed: number;
  readonly unserved: number;
  /** Minutes. */
  readonly overtakes: { readonly count: number; readonly largest: number; readonly bound: number };
  /** Mean absolute error in minutes of what was foretold, and of "average × people ÷ counters". */
  readonly foretold: {
    readonly people: number;
    readonly error: number;
    readonly simpleError: number;
    /** 0.25: a quarter less error than the simple estimate. */
    readonly better: number;
    readonly bias: number;
    /** Share of people who were called within the range that they were told. */
    readonly inside: number;
  };
}

const MINUTE = 60_000;
const CLASSES: readonly TicketClass[] = ["green", "appointment", "priority", "pickup", "ordinary"];

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

const figuresOf = (visits: readonly Visit[]): WaitFigures => {
  const waits = visits.map(({ wait }) => wait / MINUTE).sort((left, right) => left - right);
  const at = (share: number): number => round(waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? 0);
  return { people: waits.length, median: at(0.5), p90: at(0.9), longest: round(waits.at(-1) ?? 0) };
};

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** A simulation's result as figures to compare one rule with another. */
export const reportOf = (result: SimulationResult): SimulationReport => {
  const { visits, overtakes } = result;
  const classes: Partial<Record<TicketClass, WaitFigures>> = {};
  for (const each of CLASSES) {
    const own = visits.filter((visit) => visit.class === each);
    if (own.length > 0) classes[each] = figuresOf(own);
  }
  const businesses: Record<string, WaitFigures> = {};
  for (const id of [...new Set(visits.map(({ businessId }) => businessId))].sort())
    businesses[id] = figuresOf(visits.filter(({ businessId }) => businessId === id));
  const foretold = visits.flatMap(({ foretold: told }) => told ?? []);
  const error = mean(foretold.map(({ mid, real }) => Math.abs(mid - real))) / MINUTE;
  const simpleError = mean(foretold.map(({ simple, real }) => Math.abs(simple - real))) / MINUTE;
  return {
    classes,
    businesses,
    idleShare: round(result.idleShare, 3),
    idleBesideWaiting: result.idleBesideWaiting,
    missed: result.missed,
    unserved: result.unserved,
    overtakes: {
      count: overtakes.count,
      largest: round(overtakes.largest / MINUTE),
      bound: round(overtakes.bound / MINUTE),
    },
    foretold: {
      people: foretold.length,
      error: round(error, 2),
      simpleError: round(simpleError, 2),
      better: round(simpleError === 0 ? 0 : 1 - error / simpleError, 3),
      bias: round(mean(foretold.map(({ mid, real }) => real - mid)) / MINUTE, 2),
      inside: round(mean(foretold.map(({ inside }) => Number(inside))), 3),
    },
  };
};

const line = (name: string, { people, median, p90, longest }: WaitFigures): string =>
  `  ${name.padEnd(14)}${[people, median, p90, longest].map((value) => String(value).padStart(11)).join("")}`;

/** The report for people to read. */
export const reportText = (report: SimulationReport, heading: string): string => {
  const { overtakes, foretold } = report;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const columns = `${["people", "median", "90 of 100", "longest"].map((name) => name.padStart(11)).join("")}`;
  return [
    heading,
    "",
    `Waiting, minutes`.padEnd(16) + columns,
    ...CLASSES.flatMap((each) => {
      const figures = report.classes[each];
      return figures ? [line(each, figures)] : [];
    }),
    "",
    `By business`.padEnd(16) + columns,
    ...Object.entries(report.businesses).map(([id, figures]) => line(id, figures)),
    "",
    `Counters with nobody      ${percent(report.idleShare)} of their open time; beside somebody whom they serve: ${String(report.idleBesideWaiting)} times`,
    `Overtaken                 ${String(overtakes.count)} times, by at most ${String(overtakes.largest)} minutes; the rule's bound is ${String(overtakes.bound)}`,
    `Called and not there      ${String(report.missed)}; still waiting at the day's end: ${String(report.unserved)}`,
    `Foretold wait             off by ${String(foretold.error)} minutes on average (${percent(foretold.inside)} within the range told, ${String(foretold.people)} people)`,
    `  average × people ÷ n    off by ${String(foretold.simpleError)} minutes: the foretold one is ${percent(foretold.better)} better`,
    "",
  ].join("\n");
};

import type { Viewer } from "../hall/visible.ts";
import type { HallState } from "../hall/state.ts";
import type { DomainEvent } from "../hall/events.ts";
import type { CaseEvent } from "./evolve.ts";
import type { Case, Intake } from "./intake.ts";

/** Windows see the hall's cases in work; a department its own; the duty desk all. Nobody else any. */
const seesCases = ({ role }: Viewer): boolean => role === "window" || role === "desk";

const seesDepartment = (viewer: Viewer, departments: readonly string[]): boolean =>
  viewer.department == null || departments.includes(viewer.department);

/** A case event as a viewer may see it, or null. The key that finds the same person's cases stays with the node. */
export const visibleCase = (event: CaseEvent, viewer: Viewer): DomainEvent | null => {
  if (event.type === "CaseNumbersLeased") return event.data.deviceId === viewer.deviceId ? event : null;
  if (!seesCases(viewer) || !seesDepartment(viewer, event.data.departments)) return null;
  switch (event.type) {
    case "IntakeOpened": {
      const items = event.data.items.filter((item) => seesDepartment(viewer, [item.department]));
      return { ...event, data: { ...event.data, personKey: null, items } };
    }
    case "ApplicantChanged":
      return { ...event, data: { ...event.data, personKey: null } };
    default:
      return event;
  }
};

/** The cases that a viewer may hold: what folding the visible events gives. */
export const visibleCases = (state: HallState, viewer: Viewer): Pick<HallState, "intakes" | "cases" | "caseLeases"> => {
  const caseLeases = state.caseLeases.filter((lease) => lease.deviceId === viewer.deviceId);
  if (!seesCases(viewer)) return { intakes: new Map(), cases: new Map(), caseLeases };
  const intakes = new Map<string, Intake>();
  if (viewer.department == null) {
    for (const [id, intake] of state.intakes) intakes.set(id, { ...intake, personKey: null });
    return { intakes, cases: state.cases, caseLeases };
  }
  const cases = new Map<string, Case>();
  for (const [id, one] of state.cases) if (seesDepartment(viewer, [one.department])) cases.set(id, one);
  for (const [id, intake] of state.intakes) {
    const caseIds = intake.caseIds.filter((caseId) => cases.has(caseId));
    if (caseIds.length > 0) intakes.set(id, { ...intake, personKey: null, caseIds });
  }
  return { intakes, cases, caseLeases };
};

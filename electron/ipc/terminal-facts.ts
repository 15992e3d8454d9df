import { HALL_ROLES, type Handler } from "./handler.ts";

export const terminalFacts: Handler<"terminal.facts"> = {
  roles: HALL_ROLES,
  handle: async ({ terminal, window }) => {
    const facts = await terminal.machineFacts();
    // At a counter it is the applicant's screen that somebody tried to get out of, and not the clerk's.
    return window.kind === "public" ? facts : { ...facts, escapeTriedMs: null };
  },
};

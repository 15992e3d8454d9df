import { HALL_ROLES, type Handler } from "./handler.ts";

export const terminalFacts: Handler<"terminal.facts"> = {
  roles: HALL_ROLES,
  handle: ({ terminal }) => terminal.machineFacts(),
};

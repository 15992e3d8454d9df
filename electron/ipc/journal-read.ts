import { HALL_ROLES, type Handler } from "./handler.ts";

export const journalRead: Handler<"journal.read"> = {
  roles: HALL_ROLES,
  handle: async ({ terminal, window }) => (await terminal.journals.of(window.display)?.read()) ?? [],
};

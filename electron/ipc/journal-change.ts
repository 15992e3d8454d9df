import { HALL_ROLES, type Handler } from "./handler.ts";

/** Whose acts they are is known by the window, never by what it says. */
export const journalChange: Handler<"journal.change"> = {
  roles: HALL_ROLES,
  async handle({ terminal, window }, kept, dropped) {
    await terminal.journals.of(window.display)?.change(kept, dropped);
    return null;
  },
};

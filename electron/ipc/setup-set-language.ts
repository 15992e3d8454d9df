import { STAFF_ROLES, type Handler } from "./handler.ts";

export const setupSetLanguage: Handler<"setup.setLanguage"> = {
  roles: STAFF_ROLES,
  handle({ terminal }, language) {
    terminal.identity.settings.update({ language });
    return null;
  },
};

import { runDiagnostics } from "../diagnostics.ts";
import { STAFF_ROLES, type Handler } from "./handler.ts";

export const setupDiagnostics: Handler<"setup.diagnostics"> = {
  roles: STAFF_ROLES,
  handle: ({ terminal }) => runDiagnostics(terminal),
};

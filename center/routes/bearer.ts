import type { FastifyRequest } from "fastify";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import type { Database } from "../db/database.ts";
import { apiError } from "../errors.ts";
import { authenticate, type Device } from "../identity/devices.ts";

/**
 * The terminal that sends `Authorization: Bearer <device>:<secret>`, if it is of one of the roles; else 401. One that is out of service is
 * answered 403, but where it only hands over what it took before, or gets its next version (`evenLocked`).
 */
export const bearerDevice = async (
  database: Database,
  request: FastifyRequest,
  roles: readonly TerminalRole[],
  { evenLocked = false }: { readonly evenLocked?: boolean } = {},
): Promise<Device> => {
  const match = /^Bearer ([\w-]{1,64}):([\w-]{1,128})$/.exec(request.headers.authorization ?? "");
  const device = match && (await authenticate(database, { deviceId: match[1] ?? "", secret: match[2] ?? "" }));
  if (!device || !roles.includes(device.role)) throw apiError("unauthorised");
  if (device.isLocked && !evenLocked) throw apiError("terminal_locked");
  return device;
};

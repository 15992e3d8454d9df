import type { FastifyRequest } from "fastify";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import type { Database } from "../db/database.ts";
import { apiError } from "../errors.ts";
import { authenticate, type Device } from "../identity/devices.ts";

/** The terminal that sends `Authorization: Bearer <device>:<secret>`, if it is of one of the roles; else 401. */
export const bearerDevice = async (
  database: Database,
  request: FastifyRequest,
  roles: readonly TerminalRole[],
): Promise<Device> => {
  const match = /^Bearer ([\w-]{1,64}):([\w-]{1,128})$/.exec(request.headers.authorization ?? "");
  const device = match && (await authenticate(database, { deviceId: match[1] ?? "", secret: match[2] ?? "" }));
  if (!device || !roles.includes(device.role)) throw apiError("unauthorised");
  return device;
};

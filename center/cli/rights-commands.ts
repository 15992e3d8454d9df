import { writeFile } from "node:fs/promises";
import { toString as drawQr } from "qrcode";
import { authorityLetters } from "../../shared/contract/enrol-code.ts";
import { dutySchema, terminalRoleSchema, type TerminalRole } from "../../shared/domain/identity/roles.ts";
import { addPlatform } from "../appointments/platforms.ts";
import { disableClerk, putClerk, setDuty } from "../identity/clerks.ts";
import { createEnrolCode } from "../identity/devices.ts";
import { notifyIn, type Database } from "../db/database.ts";
import { revokeTerminal } from "../fleet/revoke-terminal.ts";
import { resetFactor } from "../identity/second-factor.ts";
import { eraseRecord } from "../identity/retention.ts";
import { putRelayHall } from "../relay/receive.ts";
import { fingerprintOf } from "../tls/certificate.ts";
import { changeAuthority, loadAuthority, type NoChange } from "../tls/hall-authority.ts";
import { personalOf, theHall, withHall, type DatabaseCommand } from "./halls.ts";
import type { Values } from "./options.ts";
import { need, readSecret, say, UsageError } from "./usage.ts";

const whyNoChange = (no: NoChange): string => {
  switch (no.reason) {
    case "none":
      return "This installation has no authority of its own yet.";
    case "underWay":
      return `The change-over before this one is not over yet: terminals may go over until ${no.until.toISOString()}. Another one now would leave behind those that have not.`;
    case "notServed":
      return "The center does not serve with the authority of this installation, so terminals would not hear of another one. Start it with that authority first.";
  }
};

/** A terminal for a counter that is not there would let nobody work. */
const checkCounter = async (
  database: Database,
  values: Values,
  hallId: string,
  { role, counterId }: { readonly role: TerminalRole; readonly counterId: string },
): Promise<void> => {
  if (role !== "window" && role !== "review") throw new UsageError("--counter goes with --role window or review");
  const plan = await withHall(database, values, hallId, ({ hall }) => hall.plan);
  if (plan === null || plan.counters.some(({ id }) => id === counterId)) return;
  const ids = plan.counters.map(({ id }) => id).join(", ");
  throw new UsageError(`The hall's plan has no counter ${counterId}. Its counters: ${ids}.`);
};

/** Who may do what: terminals, clerks, halls of a city, platforms. */
export const rightsCommands: Readonly<Record<string, DatabaseCommand>> = {
  "enrol-code": async (database, values) => {
    const role = terminalRoleSchema.safeParse(need(values, "role"));
    if (!role.success) throw new UsageError(`--role is one of ${terminalRoleSchema.options.join(", ")}`);
    const { department = null, counter: counterId = null } = values;
    if (department !== null && role.data !== "desk") throw new UsageError("--department goes with --role desk");
    const hallId = await theHall(database, values);
    if (counterId !== null) await checkCounter(database, values, hallId, { role: role.data, counterId });
    const code = await createEnrolCode(database, { hallId, role: role.data, counterId, department }, Date.now());
    say(code);
    if (values.qr) say(await drawQr(code, { type: "terminal", small: true }));
    return 0;
  },
  authority: async (database, values) => {
    const { cert } = await loadAuthority(database, await personalOf(values), Date.now());
    const fingerprint = fingerprintOf(cert);
    if (values.out !== undefined) await writeFile(values.out, cert);
    say(JSON.stringify({ fingerprint, letters: authorityLetters(fingerprint), file: values.out ?? null }));
    return 0;
  },
  tls: async (database, values, act) => {
    if (act !== "change-over") throw new UsageError("tls has one act: change-over");
    const days = Number(values.days);
    if (!Number.isInteger(days) || days < 1 || days > 365) throw new UsageError("--days is 1 to 365.");
    const changed = await changeAuthority(database, await personalOf(values), days, Date.now());
    if ("reason" in changed) throw new UsageError(whyNoChange(changed));
    const fingerprint = fingerprintOf(changed.cert);
    const until = new Date(Date.now() + days * 86_400_000).toISOString();
    say(JSON.stringify({ fingerprint, letters: authorityLetters(fingerprint), until }));
    say(
      "Start the center again. Terminals that are on until then go over by themselves; the others are enrolled anew.",
    );
    return 0;
  },
  revoke: async (database, values) => {
    const deviceId = need(values, "device");
    const revoked = await database.transaction(async (client) => {
      const hallId = await revokeTerminal(client, deviceId, null, Date.now());
      if (hallId === undefined) return false;
      await notifyIn(client, `fleet ${hallId}`);
      return true;
    });
    say(revoked ? "The terminal has no rights any more." : "There is no such terminal, or it was revoked before.");
    return revoked ? 0 : 1;
  },
  erase: async (database, values) => {
    const [record, reason] = [need(values, "record"), need(values, "reason")];
    const erased = await eraseRecord(database, await theHall(database, values), record, reason, Date.now());
    say(erased ? "The record is erased." : "There is no such record, or it was erased before.");
    return erased ? 0 : 1;
  },
  "disable-clerk": async (database, values) => {
    const disabled = await disableClerk(database, await theHall(database, values), need(values, "no"), Date.now());
    say(disabled ? "The clerk has no rights any more." : "There is no such clerk, or the rights were ended before.");
    return disabled ? 0 : 1;
  },
  "reset-second-factor": async (database, values) => {
    const isReset = await resetFactor(database, await theHall(database, values), need(values, "no"));
    say(
      isReset ? "Done. The clerk gets another one at the next sign-in." : "There is no such clerk, or none was set up.",
    );
    return isReset ? 0 : 1;
  },
  "set-duty": async (database, values) => {
    const duty = dutySchema.safeParse(need(values, "duty"));
    if (!duty.success) throw new UsageError("--duty is clerk, manager or technician.");
    const isSet = await setDuty(database, await theHall(database, values), need(values, "no"), duty.data);
    say(isSet ? "Done. The clerk's screen follows at the next sign-in." : "There is no such clerk.");
    return isSet ? 0 : 1;
  },
  "add-clerk": async (database, values) => {
    const hallId = await theHall(database, values);
    const clerk = {
      hallId,
      clerkNo: need(values, "no"),
      name: need(values, "name"),
      password: await readSecret("SERVICE_HALL_PASSWORD"),
    };
    if (clerk.password.length < 8) throw new UsageError("The password needs eight characters or more.");
    await putClerk(database, clerk);
    say(`Clerk ${clerk.clerkNo} can sign in.`);
    return 0;
  },
  "add-hall": async (database, values) => {
    say(await putRelayHall(database, need(values, "hall"), need(values, "name")));
    return 0;
  },
  "add-platform": async (database, values) => {
    say(await addPlatform(database, need(values, "name"), Date.now()));
    return 0;
  },
};

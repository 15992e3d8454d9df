import { canonicalJson } from "../../shared/basics/canonical-json.ts";
import { ANSWER_PATH, ATTEND_PATH } from "../../shared/contract/fleet.ts";
import {
  attendedSchema,
  publicRoles,
  type Attended,
  type FleetOrder,
  type TerminalAnswer,
} from "../../shared/contract/fleet-orders.ts";
import { isAlone } from "../../shared/domain/fleet/alone.ts";
import { remoteSettingsSchema, type RemoteSettings } from "../../shared/contract/remote-settings.ts";
import { ask, post } from "../node/node-client.ts";
import type { Display } from "../settings/identity.ts";
import type { Terminal } from "../terminal.ts";
import { lastLogLines } from "./log-lines.ts";

const isPublic = (role: string): boolean => (publicRoles as readonly string[]).includes(role);

/**
 * Asks the node itself, over the connection that this process trusts: no page can put words into its mouth.
 * @returns undefined: not reached, or refused
 */
const askAsDevice = async (terminal: Terminal, display: Display, path: string, body: object): Promise<unknown> => {
  const url = terminal.nodeUrl();
  if (url === null) return undefined;
  for (const isLast of [false, true]) {
    const credentials = terminal.identity.credentials(display);
    if (credentials === null) return undefined;
    const answer = await ask(terminal.wire, url + path, post({ ...credentials, ...body }));
    if (!answer.ok) return undefined;
    if (answer.value.status < 300) return answer.value.body;
    // The token may have ended meanwhile.
    if (answer.value.status !== 401 || isLast || !(await terminal.newSession(display)).ok) return undefined;
  }
  return undefined;
};

/** An applicant's screen beside a clerk's has no settings of its own: it is drawn plainly. */
const remoteSettings = ({ identity }: Terminal, display: Display): RemoteSettings => {
  const { screen, ...devices } = remoteSettingsSchema.parse(identity.settings.get());
  return display === "second" || screen === undefined ? devices : { ...devices, screen };
};

const isLeftAlone = (terminal: Terminal): boolean =>
  isAlone(terminal.identity.enrolment()?.role ?? "setup", {
    isTouched: terminal.isTouched(),
    idleSeconds: terminal.idleSeconds(),
  });

const LOOK_EVERY_MS = 2_000;
const reopening = new WeakSet<Terminal>();

/** The screens are set up anew when that takes nothing from anybody. A program that ends meanwhile begins with it. */
const reopenWhenAlone = (terminal: Terminal): void => {
  if (reopening.has(terminal)) return;
  reopening.add(terminal);
  const timer = setInterval(() => {
    if (!isLeftAlone(terminal)) return;
    clearInterval(timer);
    reopening.delete(terminal);
    terminal.log.write("fleet.screen");
    terminal.restart();
  }, LOOK_EVERY_MS);
  timer.unref();
};

const applySettings = (
  terminal: Terminal,
  display: Display,
  { before, settings }: Extract<FleetOrder, { what: "applySettings" }>,
): TerminalAnswer => {
  const held = remoteSettings(terminal, display);
  // An older center or desk knows less than all of it.
  const isHeld = (of: RemoteSettings): boolean => canonicalJson({ ...held, ...of }) === canonicalJson(held);
  // Done already, and the answer was lost on its way.
  if (isHeld(settings)) return { kind: "settings", settings: held };
  // Somebody at the terminal has been quicker: nobody has seen that difference.
  if (!isHeld(before)) return { kind: "refused", code: "settings_changed" };
  terminal.identity.settings.update({ ...held, ...settings });
  terminal.log.write("fleet.settings");
  const now = remoteSettings(terminal, display);
  if (canonicalJson(now.screen) !== canonicalJson(held.screen)) reopenWhenAlone(terminal);
  return { kind: "settings", settings: now };
};

/** @returns null: not yet */
const answerTo = (terminal: Terminal, display: Display, order: FleetOrder | null): TerminalAnswer | null => {
  switch (order?.what) {
    case "logs":
      return { kind: "logs", lines: lastLogLines(terminal.log.file) };
    case "readSettings":
      return { kind: "settings", settings: remoteSettings(terminal, display) };
    case "applySettings":
      return applySettings(terminal, display, order);
    case "role":
      return isLeftAlone(terminal) ? { kind: "alone" } : null;
    default:
      return { kind: "refused", code: "terminal_too_old" };
  }
};

/** Becomes what the hall says it is. A screen for anybody becomes another one of those, and never one of the staff's. */
const adopt = (terminal: Terminal, { name, role, counterId }: Attended): void => {
  const { identity } = terminal;
  const enrolment = identity.enrolment();
  if (enrolment === null) return;
  const mayBecome = isPublic(enrolment.role) && isPublic(role);
  const becomes = mayBecome && (role !== enrolment.role || counterId !== enrolment.counterId);
  if (name === enrolment.terminalName && !becomes) return;
  identity.settings.update({
    enrolment: {
      ...enrolment,
      terminalName: name,
      ...(becomes ? { role, counterId, enrolledAs: enrolment.enrolledAs ?? enrolment.role } : {}),
    },
  });
  if (!becomes) return;
  terminal.log.write("fleet.role", { role });
  // After the answer is out: the window that asked is closed by it.
  setImmediate(() => terminal.restart());
};

const answerOrders = async (terminal: Terminal, display: Display, orders: Attended["orders"]): Promise<boolean> => {
  let isTaken = true;
  for (const { orderId, order } of orders) {
    let answer: TerminalAnswer | null;
    try {
      answer = answerTo(terminal, display, order);
    } catch (error) {
      terminal.logUnexpected(`order.${order?.what ?? "unknown"}`, error);
      answer = { kind: "refused", code: "failed" };
    }
    if (answer === null || (await askAsDevice(terminal, display, ANSWER_PATH, { orderId, answer })) === undefined)
      isTaken = false;
  }
  return isTaken;
};

const attendNow = async (terminal: Terminal, display: Display): Promise<boolean> => {
  const attended = attendedSchema.safeParse(await askAsDevice(terminal, display, ATTEND_PATH, {}));
  if (!attended.success) return false;
  const isTaken = await answerOrders(terminal, display, attended.data.orders);
  // The second screen has a name of its own in the list and nothing of its own here.
  if (display === "main") adopt(terminal, attended.data);
  return isTaken;
};

const turns = new WeakMap<Terminal, Promise<unknown>>();

/**
 * Asks the node what it has decided of this terminal, and does what it has ordered; one after the other, whichever screen asks.
 * @returns false: the node was not reached or did not take an answer, or an order waits until nobody is at the screen: ask again
 */
export const attend = (terminal: Terminal, display: Display): Promise<boolean> => {
  const before = turns.get(terminal) ?? Promise.resolve();
  const turn = before.then(() => attendNow(terminal, display));
  turns.set(
    terminal,
    turn.catch(() => undefined), // told to whoever asked for that turn
  );
  return turn;
};

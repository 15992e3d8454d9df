import { dirname, join } from "node:path";
import { app } from "electron";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import { releaseOfferSchema, RELEASES_PATH, type ReleaseAsk } from "../../shared/contract/releases.ts";
import type { Release } from "../../shared/domain/releases/manifest.ts";
import { mayRestart } from "../../shared/domain/releases/restart.ts";
import { ask, post } from "../node/node-client.ts";
import { newSession } from "../node/session-tokens.ts";
import type { Terminal } from "../terminal.ts";
import { findInstallation, spoolOf } from "./installation.ts";
import { startAgain } from "./start-again.ts";
import { createUpdater } from "./updater.ts";

/** A release is no hurry; the first look comes when the screens are there. */
const FIRST_MS = 5_000;
const EVERY_MS = 15 * 60_000;
/** The slowest line that a terminal is to get a release over. */
const FETCH_MS = 30 * 60_000;

interface Bearer {
  readonly url: string;
  readonly headers: { readonly authorization: string };
}

/** This terminal's address of the releases and a fresh token for it; the screens' own tokens stay as they are. */
const bearerOf = async (terminal: Terminal): Promise<Result<Bearer, "unavailable">> => {
  const [url, proof] = [terminal.nodeUrl(), terminal.identity.proof("main")];
  if (url === null || proof === null) return err("unavailable");
  const session = await newSession(terminal.wire, url, proof);
  if (!session.ok) return err("unavailable");
  const authorization = `Bearer ${proof.deviceId}:${session.value.secret}`;
  return ok({ url: url + RELEASES_PATH, headers: { authorization } });
};

const askNode = async (terminal: Terminal, body: ReleaseAsk): Promise<Result<Release | null, unknown>> => {
  const bearer = await bearerOf(terminal);
  if (!bearer.ok) return bearer;
  const { headers, ...request } = post(body);
  const answer = await ask(terminal.wire, bearer.value.url, {
    ...request,
    headers: { ...headers, ...bearer.value.headers },
  });
  if (!answer.ok) return answer;
  const offer = releaseOfferSchema.safeParse(answer.value.body);
  // A node of before there were releases has none.
  return answer.value.status === 200 && offer.success ? ok(offer.data.release) : ok(null);
};

const getFrom = async (terminal: Terminal, version: string, from: number): Promise<Response> => {
  const bearer = await bearerOf(terminal);
  if (!bearer.ok) throw new Error(bearer.error);
  return terminal.download(`${bearer.value.url}/${version}`, {
    headers: { ...bearer.value.headers, ...(from === 0 ? {} : { range: `bytes=${String(from)}-` }) },
    redirect: "error",
    credentials: "omit",
    signal: AbortSignal.timeout(FETCH_MS),
  });
};

/** Keeps an installed terminal up to date: fetches what its node offers, and starts afresh at night when something is ready. */
export const keepUpdated = (terminal: Terminal): void => {
  const installation = findInstallation(process.execPath);
  const upFile = process.env["SERVICE_HALL_UP_FILE"];
  if (installation === null || upFile === undefined) return;
  const { log, identity } = terminal;
  const updater = createUpdater({
    installation,
    running: app.getVersion(),
    stateFolder: dirname(upFile),
    spool: spoolOf(installation, join(app.getPath("userData"), "update")),
    log,
    ask: (body) => askNode(terminal, body),
    getPackage: (version) => (from) => getFrom(terminal, version, from),
  });
  const restartWhenAlone = (): void => {
    const [version, role] = [updater.waiting(), identity.enrolment()?.role];
    const now = new Date();
    const minutes = now.getHours() * 60 + now.getMinutes();
    if (version === null || role === undefined) return;
    const touches = { isTouched: terminal.isTouched(), idleSeconds: terminal.idleSeconds() };
    if (!mayRestart(role, minutes, touches)) return;
    log.write("update.restart", { version });
    startAgain();
  };
  const round = async (): Promise<void> => {
    await updater.step();
    restartWhenAlone();
  };
  const next = (afterMs: number): void => {
    setTimeout(() => {
      round()
        .catch((error: unknown) => terminal.logUnexpected("update", error))
        // Not all terminals of a hall at once.
        .finally(() => next(EVERY_MS * (0.75 + Math.random() / 2)));
    }, afterMs).unref();
  };
  next(FIRST_MS);
};

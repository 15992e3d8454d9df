import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { retentionSchema, type Retention } from "../identity/retention.ts";
import type { DeliveryTarget } from "../reports/delivery.ts";
import { startCenter, type CenterOptions, type TlsChoice } from "../start-center.ts";
import type { Values } from "./options.ts";
import { readPlan } from "./plan-commands.ts";
import { readJson, say, UsageError } from "./usage.ts";

const readRetention = async (file: string): Promise<Retention> => {
  const retention = retentionSchema.safeParse(await readJson(file));
  if (retention.success) return retention.data;
  throw new UsageError(`--retention: ${retention.error.issues[0]?.message ?? "not understood"}`);
};

const untilSignal = async (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => done());
  });

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || host.startsWith("127.");

/** @throws UsageError for options that do not go together and for a certificate that no terminal would take */
const readTlsChoice = async (values: Values): Promise<TlsChoice | undefined> => {
  const { "tls-cert": certFile, "tls-key": keyFile, "tls-authority": authorityFile, host } = values;
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new UsageError("--tls-cert and --tls-key go together");
  if (certFile === undefined || keyFile === undefined) {
    if (authorityFile !== undefined) throw new UsageError("--tls-authority goes with --tls-cert");
    if (isLoopback(host) || values["plain-http"]) return undefined;
    return { kind: "hall", names: values["tls-name"] };
  }
  const [cert, key] = [await readFile(certFile, "utf8"), await readFile(keyFile, "utf8")];
  const authority = authorityFile === undefined ? null : await readFile(authorityFile, "utf8");
  try {
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
      throw new UsageError("--tls-key is not the key of --tls-cert");
    if (authority !== null && !new X509Certificate(authority).ca)
      throw new UsageError("--tls-authority is no certificate of an authority");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--tls-cert, --tls-key, --tls-authority are PEM files: ${(error as Error).message}`);
  }
  return { kind: "files", cert, key, authority };
};

/** Where something is delivered to. Paths are put behind the address. @throws UsageError when half of it is missing or wrong */
const targetOf = (
  name: string,
  url: string | undefined,
  given: string | undefined,
  variable: string,
): DeliveryTarget | undefined => {
  if (url === undefined) return undefined;
  const key = given ?? process.env[variable];
  if (key === undefined) throw new UsageError(`--${name} needs --${name}-key`);
  if (!/^https?:\/\/[^/]+/.test(url)) throw new UsageError(`--${name} is an http(s) address`);
  return { url: url.replace(/\/+$/, ""), key };
};

/** Serves until it is told to end. @returns the exit code */
export const serve = async (
  values: Values,
  options: Pick<CenterOptions, "dataDir" | "databaseUrl">,
): Promise<number> => {
  const { mode, city } = values;
  if (mode !== "hall" && mode !== "city") throw new UsageError("--mode is hall or city");
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError("--port is a number up to 65535");
  const key = values["city-key"] ?? process.env["SERVICE_HALL_CITY_KEY"];
  if (city !== undefined && key === undefined) throw new UsageError("--city needs --city-key");
  const report = targetOf("report", values.report, values["report-key"], "SERVICE_HALL_REPORT_KEY");
  const message = targetOf("message", values.message, values["message-key"], "SERVICE_HALL_MESSAGE_KEY");
  const tls = await readTlsChoice(values);
  const signalled = untilSignal();
  const center = await startCenter({
    ...options,
    mode,
    tls,
    host: values.host,
    port,
    demo: values.demo,
    publicUrl: values["public-url"],
    rendererDir: values.renderer,
    city: city === undefined || key === undefined ? undefined : { url: city, key },
    report,
    message,
    retention: values.retention === undefined ? undefined : await readRetention(values.retention),
    plan: values.plan === undefined ? undefined : readPlan(await readJson(values.plan)),
    // For power-cut runs with a control that must lose: "-c synchronous_commit=off".
    postgresFlags: (process.env["SERVICE_HALL_POSTGRES_FLAGS"] ?? "").split(" ").filter((flag) => flag !== ""),
  });
  const { url, hallId, demo } = center;
  say(JSON.stringify({ ready: true, url, mode, hallId, pid: process.pid, ...(demo ? { demo } : {}) }));
  await signalled;
  await center.stop();
  return 0;
};

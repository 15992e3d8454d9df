import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { uuidv7 } from "uuidv7";
import { closeCodes, type NodeMessage } from "../shared/contract/api.ts";
import type { TerminalRole } from "../shared/domain/identity/roles.ts";
import { hallPlanSchema } from "../shared/domain/hall/plan.ts";
import { kioskSettingsOf } from "../shared/domain/kiosk/kiosk-settings.ts";
import { buildApp } from "./app.ts";
import { CatalogueStore } from "./catalogue/catalogue-store.ts";
import { importCatalogue } from "./catalogue/import-catalogue.ts";
import type { CenterContext } from "./context.ts";
import { CityFigures } from "./city/city-figures.ts";
import { claimDataDir } from "./data-dir-lock.ts";
import { Database } from "./db/database.ts";
import { FleetCalls } from "./fleet/fleet-calls.ts";
import { tellStandings } from "./fleet/tell-standings.ts";
import { FleetRelay } from "./fleet/fleet-relay.ts";
import { FileStore } from "./files/file-store.ts";
import { UploadTidy } from "./files/upload-tidy.ts";
import { HallRegistry } from "./hall-registry.ts";
import { setUpHall } from "./hall-setup.ts";
import { putClerk, setDuty } from "./identity/clerks.ts";
import { createEnrolCode } from "./identity/devices.ts";
import { loadPersonalBox } from "./identity/personal.ts";
import { keepOrdersShort } from "./fleet/order-book.ts";
import { keepRetention, type Retention } from "./identity/retention.ts";
import { createLogger, type Logger } from "./logger.ts";
import { ledgerDuty, messageDuty } from "./ledgers/ledger-duty.ts";
import { Metrics } from "./metrics.ts";
import { projectRoot } from "./project-root.ts";
import { HeadSealer } from "./relay/head-seal.ts";
import { RelayLoop } from "./relay/relay-loop.ts";
import { ReleasesFromCity } from "./releases/from-city.ts";
import { ReleaseFiles } from "./releases/release-files.ts";
import { ReleaseStore } from "./releases/release-store.ts";
import { queueCases } from "./reports/case-reports.ts";
import type { DeliveryTarget } from "./reports/delivery.ts";
import { queueEvaluation, reportDuty } from "./reports/report-queue.ts";
import { ReviewCodes } from "./reviews/review-code.ts";
import { ReviewLedgers } from "./reviews/review-ledgers.ts";
import { TerminalLines } from "./routes/terminal-lines.ts";
import type { Certified } from "./tls/certificate.ts";
import { announceAuthority, loadAuthority } from "./tls/hall-authority.ts";
import { ServedCertificate } from "./tls/served-certificate.ts";
import { OrderLedgers } from "./work-orders/order-ledger.ts";
import { orderDuty } from "./work-orders/order-duty.ts";

export interface CenterOptions {
  readonly mode: "hall" | "city";
  /** Holds the embedded database and the node's key. */
  readonly dataDir: string;
  /** A PostgreSQL that is there already; undefined: the embedded one. */
  readonly databaseUrl?: string | undefined;
  /** After how many days personal data is erased; undefined: it is kept. */
  readonly retention?: Retention | undefined;
  readonly host?: string;
  /** 0: any free one. */
  readonly port?: number;
  /** The city that this hall relays to. */
  readonly city?: { readonly url: string; readonly key: string } | undefined;
  /** undefined: plain HTTP, for one computer only. */
  readonly tls?: TlsChoice | undefined;
  /** The platform that takes the hall's reports; undefined: they wait in their queue. */
  readonly report?: DeliveryTarget | undefined;
  /** The gateway for text messages; undefined: none is sent, and people are reminded by hand. */
  readonly message?: DeliveryTarget | undefined;
  readonly demo?: boolean;
  /** Where phones reach this center, for the codes of the demo hall. */
  readonly publicUrl?: string | undefined;
  /** The hall's plan; the demo brings its own. */
  readonly plan?: unknown;
  readonly rendererDir?: string | undefined;
  readonly log?: Logger;
  readonly clock?: () => number;
  readonly postgresFlags?: readonly string[];
}

/**
 * What https is served with: a certificate of the installation's own authority, for these names too; or somebody else's (PEM
 * texts), with the authority that terminals are to pin where one is given.
 */
export type TlsChoice =
  | { readonly kind: "hall"; readonly names: readonly string[] }
  | { readonly kind: "files"; readonly cert: string; readonly key: string; readonly authority: string | null };

export interface DemoInfo {
  /** For POST /api/demo/enrol-code. */
  readonly enrolSecret: string;
  /** One fresh code per role; windows and review screens per counter ("window1"). */
  readonly codes: Readonly<Record<string, string>>;
  readonly clerks: readonly { readonly clerkNo: string; readonly name: string; readonly password: string }[];
}

export interface RunningCenter {
  readonly url: string;
  readonly hallId: string | null;
  readonly demo: DemoInfo | undefined;
  readonly context: CenterContext;
  stop(): Promise<void>;
}

const VERSION = "0.1.0";
const DEMO_CLERKS = [
  { clerkNo: "1001", name: "李明", password: "demo-1001" },
  { clerkNo: "1002", name: "王芳", password: "demo-1002" },
] as const;
const DEMO_MANAGER = "1001";

/** The plan of the demo hall, with codes that lead phones to this center. */
const readDemoPlan = async (publicUrl: string | undefined): Promise<unknown> => {
  const text = await readFile(join(projectRoot(), "data", "demo-hall.json"), "utf8");
  const plan = hallPlanSchema.parse(JSON.parse(text));
  const kiosk = { ...kioskSettingsOf(plan), ...(publicUrl === undefined ? {} : { publicUrl }) };
  return { ...plan, settings: { ...plan.settings, kiosk } };
};

const setUpDemo = async (context: CenterContext, hallId: string, enrolSecret: string): Promise<DemoInfo> => {
  const { database, clock } = context;
  for (const clerk of DEMO_CLERKS) await putClerk(database, { hallId, ...clerk });
  await setDuty(database, hallId, DEMO_MANAGER, "manager");
  const wishes: [string, TerminalRole, string | null][] = [
    ["kiosk", "kiosk", null],
    ["display", "display", null],
    ["desk", "desk", null],
    ["setup", "setup", null],
    ["window", "window", "1"],
    ["review", "review", "1"],
  ];
  for (const counterId of ["1", "2", "3", "4"]) wishes.push([`window${counterId}`, "window", counterId]);
  const codes: Record<string, string> = {};
  for (const [name, role, counterId] of wishes)
    codes[name] = await createEnrolCode(database, { hallId, role, counterId }, clock());
  return { enrolSecret, codes, clerks: DEMO_CLERKS };
};

/** Starts a center: database, halls, relay, HTTP and WebSocket. Everything it started it also stops. */
export const startCenter = async (options: CenterOptions): Promise<RunningCenter> => {
  const log = options.log ?? createLogger(process.env["SERVICE_HALL_LOG"] ?? "info");
  const clock = options.clock ?? Date.now;
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  const undo: (() => Promise<unknown> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        log.warn({ event: "center.stop_failed", err: error }, "a part did not stop cleanly");
      }
    }
  };
  try {
    // On a given database several centers may run from one folder; the embedded one belongs to one center.
    if (options.databaseUrl === undefined) undo.push(await claimDataDir(dataDir));
    const database = await Database.open({
      url: options.databaseUrl,
      dataDir,
      log,
      postgresFlags: options.postgresFlags ?? [],
    });
    undo.push(() => database.close());
    const personal = await loadPersonalBox(dataDir, process.env["SERVICE_HALL_KEY"]);
    const metrics = new Metrics();
    const catalogues = new CatalogueStore(database);
    const knowledge = { departmentOf: (code: string) => catalogues.findItem(code)?.department ?? null };
    const reviewLedgers = new ReviewLedgers(
      { database, catalogues, personal, log, clock },
      {
        onReview: queueEvaluation,
        onCase: (client, hall, event, seq) => queueCases(client, hall, personal, event, seq),
      },
    );
    const orderLedgers = new OrderLedgers(database, log);
    const files = new FileStore(database, personal, clock);
    const halls = new HallRegistry(
      { database, log, metrics, personal, clock, processId: uuidv7(), knowledge },
      (hall) => [
        reviewLedgers.open(hall),
        orderDuty(hall, orderLedgers.open(hall), log, clock),
        new UploadTidy(hall.hallId, files, log),
        ...(options.report === undefined
          ? []
          : [reportDuty(hall, { database, catalogues, personal, log, clock }, options.report)]),
        ledgerDuty(hall, { database, personal, log, clock }, options.message !== undefined),
        ...(options.message === undefined
          ? []
          : [messageDuty(hall, { database, personal, log, clock }, options.message)]),
      ],
    );
    undo.push(() => halls.stop());
    const lines = new TerminalLines();
    await catalogues.load();
    const demoSecret = options.demo === true ? randomBytes(18).toString("base64url") : undefined;
    const { mode, rendererDir } = options;
    const context: CenterContext = {
      mode,
      version: VERSION,
      database,
      halls,
      lines,
      catalogues,
      personal,
      files,
      releases: new ReleaseStore(database, new ReleaseFiles(dataDir), log, clock),
      reviewCodes: new ReviewCodes(personal),
      reviewLedgers,
      orderLedgers,
      cityFigures: mode === "city" ? new CityFigures(database, log) : undefined,
      fleetCalls: new FleetCalls(),
      metrics,
      log,
      clock,
      rendererDir: rendererDir === undefined ? undefined : resolve(rendererDir),
      demoSecret,
    };

    await listenToOthers(context);
    // Before the first enrolment code, which says whom to believe.
    const tls = await openTls(context, options.tls);
    if (options.demo === true) {
      const report = await importCatalogue(catalogues, clock());
      if (report) log.info({ event: "catalogue.imported", ...report }, "sample catalogue built");
    }
    const plan =
      options.plan ?? (options.demo === true && mode === "hall" ? await readDemoPlan(options.publicUrl) : undefined);
    const planned = plan === undefined ? undefined : await setUpHall(database, halls, plan);
    const hallId = planned ?? (mode === "hall" ? (await halls.homedIds())[0] : undefined) ?? null;
    if (hallId !== null) await halls.get(hallId);
    const demo = demoSecret !== undefined && hallId !== null ? await setUpDemo(context, hallId, demoSecret) : undefined;

    if (options.city && hallId !== null && mode === "hall") {
      const relay = new RelayLoop({
        open: await halls.get(hallId),
        database,
        catalogues,
        metrics,
        log,
        clock,
        city: options.city,
        sealer: new HeadSealer(personal, hallId),
        setPlan: async (handed) => {
          await setUpHall(database, halls, handed);
        },
      });
      relay.start();
      undo.push(() => relay.stop());
      const fromCity = new ReleasesFromCity({ hallId, city: options.city, releases: context.releases, log });
      fromCity.start();
      undo.push(() => fromCity.stop());
      const fleet = new FleetRelay({
        hall: (await halls.get(hallId)).hall,
        database,
        calls: context.fleetCalls,
        nodeVersion: VERSION,
        log,
        clock,
        city: options.city,
      });
      fleet.start();
      undo.push(() => fleet.stop());
    }

    const { cityFigures } = context;
    if (cityFigures !== undefined) {
      cityFigures.start();
      undo.push(() => cityFigures.stop());
    }
    if (options.retention !== undefined && hallId !== null)
      undo.push(keepRetention({ database, hallId, log, clock }, options.retention));

    undo.push(keepOrdersShort({ database, log, clock }));

    const ticker = setInterval(() => halls.tick(), 1_000);
    ticker.unref();
    // Notices may be lost with their connection; this bounds how long a lost one goes unnoticed.
    const poker = setInterval(() => halls.pokeAll(), 10_000);
    poker.unref();
    undo.push(() => {
      clearInterval(ticker);
      clearInterval(poker);
    });

    const app = await buildApp(context, tls.context);
    undo.push(() => app.close());
    undo.push(tls.keep((renewed) => (app.server as Server).setSecureContext(renewed)));
    undo.push(() => {
      for (const line of lines.all) line.close(closeCodes.restarting, "the node is stopping");
    });
    await app.listen({ host: options.host ?? "127.0.0.1", port: options.port ?? 0 });
    const { port } = app.server.address() as AddressInfo;
    const host = options.host === undefined || options.host === "0.0.0.0" ? "127.0.0.1" : options.host;
    const url = `${options.tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${String(port)}`;
    log.info({ event: "center.ready", url, mode, hall: hallId }, "ready");
    return { url, hallId, demo, context, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

interface OpenedTls {
  /** undefined: plain HTTP. */
  readonly context: Certified | undefined;
  keep(renewed: (context: Certified) => void): () => void;
}

/** Decides what is served with, and whom new terminals are told to believe. */
const openTls = async (
  { database, personal, clock, log }: CenterContext,
  choice: TlsChoice | undefined,
): Promise<OpenedTls> => {
  if (choice?.kind === "hall") {
    const authority = await loadAuthority(database, personal, clock());
    const terminals = await announceAuthority(database, authority.cert);
    if (terminals > 0 && authority.vouched === null)
      log.warn(
        { event: "tls.first_served", terminals },
        "https is served with the hall's own authority from now on; terminals enrolled before do not know it: see docs/operations.md, or go on with --plain-http",
      );
    return new ServedCertificate(authority, choice.names, clock, log);
  }
  const authority = choice?.authority ?? null;
  await announceAuthority(database, authority);
  const chain = [choice?.cert, authority].filter((each) => each != null).join("\n");
  return { context: choice && { cert: chain, key: choice.key }, keep: () => () => undefined };
};

/** Follows what other centers on the same database do. */
const listenToOthers = async ({
  database,
  halls,
  lines,
  catalogues,
  fleetCalls,
  log,
}: CenterContext): Promise<void> => {
  const reloadCatalogue = async (): Promise<void> => {
    try {
      await catalogues.load();
    } catch (error) {
      log.warn({ event: "catalogue.load_failed", err: error }, "catalogue not read");
      return;
    }
    if (catalogues.version === null) return;
    const message: NodeMessage = { kind: "catalogue", version: catalogues.version };
    for (const { feed } of halls.open) feed.tellAll(JSON.stringify(message));
  };
  await database.listen(
    (payload) => {
      // `id`: of the device, or of the clerk.
      const [kind, id = "", connectionId = ""] = payload.split(" ");
      if (kind === "head") halls.onNotice(payload);
      else if (kind === "catalogue") void reloadCatalogue();
      else if (kind === "unpaired") lines.find(id)?.close(closeCodes.restarting, "the terminal became another one");
      else if (kind === "disabled" || kind === "duty") for (const line of lines.all) line.forgetClerk(id);
      else if (kind === "standing") lines.find(id)?.standingChanged();
      else if (kind === "fleet") fleetCalls.wake(id);
      else if (kind === "revoked") lines.find(id)?.close(closeCodes.unauthorised, "device revoked");
      else if (kind === "connected") {
        const line = lines.find(id);
        // Connection ids are ordered by time: a notice that comes late must not close the newer line.
        if (line && line.connectionId < connectionId)
          line.close(closeCodes.replaced, "the same device connected again");
      }
    },
    () => {
      halls.pokeAll();
      fleetCalls.wakeAll();
      void tellStandings({ database, lines });
    },
  );
};

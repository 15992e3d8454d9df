import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { app, screen } from "electron";
import { z } from "zod";
import type { ChannelArgs, ChannelResults } from "../shared/contract/ipc.ts";
import type { Bounds } from "./args.ts";
import { getDemoCode, type Wire } from "./node/node-client.ts";

/** What scripts/start.mjs writes for the launcher: the ready line of the demo hall and where its terminals may live. */
const demoFileSchema = z.object({
  url: z.url().max(300),
  folder: z.string().max(1000),
  demo: z.object({
    enrolSecret: z.string().max(200),
    /** One code per role for a browser; each works once. */
    codes: z.record(z.string(), z.string().max(32)).default({}),
    clerks: z.array(z.object({ clerkNo: z.string(), name: z.string(), password: z.string() })),
  }),
});

type Choice = ChannelArgs<"launcher.open">[0];
type Role = Exclude<Choice, "demoHall">;
const BROWSER_ROLES = ["kiosk", "window", "review", "display", "desk"] as const satisfies readonly Role[];

export interface DemoHall {
  readonly screens: ChannelResults["launcher.screens"];
  open(choice: Choice): Promise<void>;
  stop(): void;
}

interface Place {
  readonly role: Role;
  readonly bounds: Bounds;
  readonly secondBounds?: Bounds;
}

/** The demo hall has the counters "1" to "4"; a fifth window terminal shares one. */
const COUNTERS = 4;

/** Kiosk as an upright third at the left; window above, applicant's screen and board side by side below it. */
export const tileDemoHall = ({ x, y, width, height }: Bounds): readonly Place[] => {
  const left = Math.round(width * 0.32);
  const right = width - left;
  const top = Math.round(height * 0.6);
  const half = Math.floor(right / 2);
  const below = { y: y + top, height: height - top };
  return [
    { role: "kiosk", bounds: { x, y, width: left, height } },
    {
      role: "window",
      bounds: { x: x + left, y, width: right, height: top },
      secondBounds: { x: x + left, width: half, ...below },
    },
    { role: "display", bounds: { x: x + left + half, width: right - half, ...below } },
  ];
};

const boundsArg = ({ x, y, width, height }: Bounds): string => `${x},${y},${width},${height}`;

/** Arguments that a terminal needs to be this same program: the app's path in development, the sandbox switch as root. */
const sameProgram = (): string[] => [
  ...(process.defaultApp === true ? [app.getAppPath()] : []),
  ...process.argv.filter((argument) => argument === "--no-sandbox" || argument.startsWith("--password-store=")),
];

/** The demo hall as the launcher knows it. Each screen is a process of its own with its own enrolment and data. */
export const openDemoHall = (
  file: string | null,
  wire: Wire,
  logUnexpected: (where: string, error: unknown) => void,
): DemoHall => {
  if (file === null) throw new Error("the launcher needs --demo-file");
  const demo = demoFileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const running = new Set<ChildProcess>();
  let count = 0;
  let windows = 0;

  const openOne = async (role: Role, place: Omit<Place, "role"> | null): Promise<void> => {
    count += 1;
    const args = [...sameProgram(), "--role", role, "--node", demo.url];
    args.push("--user-data", join(demo.folder, `${role}-${count}`), "--end-with-parent");
    if (role !== "setup") {
      if (role === "window") windows += 1;
      const counterId = role === "window" ? String(((windows - 1) % COUNTERS) + 1) : role === "review" ? "1" : null;
      const code = await getDemoCode(wire, demo.url, demo.demo.enrolSecret, role, counterId);
      if (!code.ok) throw new Error(`no code for ${role}: ${code.error}`);
      args.push("--enrol", code.value);
    }
    if (place) args.push("--bounds", boundsArg(place.bounds));
    else args.push("--windowed");
    if (place?.secondBounds) args.push("--second-bounds", boundsArg(place.secondBounds));
    // Its standard input closes when this process is gone, however it went: then it ends too.
    const child = spawn(process.execPath, args, { stdio: ["pipe", "ignore", "ignore"] });
    running.add(child);
    child.once("error", (error) => {
      logUnexpected("demo terminal", error);
    });
    child.once("exit", () => running.delete(child));
    child.stdin.on("error", () => undefined);
  };

  return {
    screens: {
      nodeUrl: demo.url,
      clerks: demo.demo.clerks,
      browserUrls: BROWSER_ROLES.map((role) => {
        const code = demo.demo.codes[role];
        return { role, url: `${demo.url}/app/?role=${role}${code === undefined ? "" : `&enrol=${code}`}` };
      }),
    },
    async open(choice) {
      if (choice !== "demoHall") return openOne(choice, null);
      const places = tileDemoHall(screen.getPrimaryDisplay().workArea);
      await Promise.all(places.map(({ role, ...place }) => openOne(role, place)));
    },
    stop() {
      for (const child of running) child.kill("SIGTERM");
    },
  };
};

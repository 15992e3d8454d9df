import type { FastifyInstance } from "fastify";
import {
  DESK_RELEASES_PATH,
  deskReleasesSchema,
  haltReleaseSchema,
  stageReleaseSchema,
  type DeskReleases,
} from "../../shared/contract/desk-releases.ts";
import { mayRelease } from "../../shared/domain/identity/permissions.ts";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import type { Reach, TakerState } from "../../shared/domain/releases/stage.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import type { Device } from "../identity/devices.ts";
import { noteAct } from "../identity/staff-audit.ts";
import { dutyAsker, parseBody, perDesk } from "../reviews/desk-routes.ts";

interface Terminal {
  readonly id: string;
  readonly name: string;
  readonly role: TerminalRole;
}

const idsOf = (reach: Reach): readonly string[] => {
  if (reach.kind === "terminals") return reach.deviceIds;
  return reach.kind === "halls" ? reach.hallIds : [];
};

/** What the duty desk sees and orders of releases of the program; at a city, for all its halls. */
export const deskReleaseRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, releases, clock, mode, log } = context;

  const releaseAsker = (asker: Parameters<typeof dutyAsker>[1], act: "see" | "change"): Promise<Device> =>
    dutyAsker(context, asker, (who) => mayRelease(who, act));

  const terminalsOf = async (hallId: string): Promise<readonly Terminal[]> => {
    const { rows } = await database.query<Terminal>(
      "SELECT device_id AS id, name, role FROM devices WHERE hall_id = $1 AND revoked_at IS NULL ORDER BY name, device_id",
      [hallId],
    );
    return rows;
  };

  const troubledOf = async (hallId: string) => {
    const { rows } = await database.query<{ version: string; name: string; state: TakerState }>(
      `SELECT t.version, d.name, t.state FROM release_takers t
       JOIN devices d ON d.hall_id = t.hall_id AND d.device_id = t.device_id
       WHERE t.hall_id = $1 AND d.revoked_at IS NULL AND t.state IN ('failed', 'refused') ORDER BY d.name`,
      [hallId],
    );
    return rows;
  };

  const show = async ({ hallId }: Device): Promise<DeskReleases> => {
    const [kept, stands, troubled] = [await releases.list(), await releases.stands(), await troubledOf(hallId)];
    const { rows: halls } = await database.query<{ id: string; name: string }>(
      "SELECT hall_id AS id, name FROM halls ORDER BY name, hall_id",
    );
    return {
      releases: await Promise.all(
        kept.map(async ({ version, reach, isHaltedHere, isHaltedAbove, fromCity, addedAt, file }) => ({
          version,
          size: file.size,
          addedAt,
          reach,
          isHaltedHere,
          isHaltedAbove,
          fromCity,
          isHere: await releases.files.has(file),
          stands: stands.get(version) ?? {},
          troubled: troubled.filter((each) => each.version === version).map(({ name, state }) => ({ name, state })),
        })),
      ),
      terminals: [...(await terminalsOf(hallId))],
      halls: mode === "city" ? halls.map(({ id, name }) => ({ id, name: name === "" ? id : name })) : [],
    };
  };

  app.post(DESK_RELEASES_PATH, { config: perDesk }, async (request, reply): Promise<DeskReleases> => {
    void reply.header("cache-control", "no-store");
    return show(await releaseAsker(parseBody(deskReleasesSchema, request.body), "see"));
  });

  app.post(`${DESK_RELEASES_PATH}/stage`, { config: perDesk }, async (request): Promise<DeskReleases> => {
    const asked = parseBody(stageReleaseSchema, request.body);
    const { version, reach, clerkId } = asked;
    const device = await releaseAsker(asked, "change");
    const known = await releases.find(version);
    // Whom a city's release reaches is the city's to say; and halls are a city's to name.
    if (!known || known.fromCity || (reach.kind === "halls" && mode !== "city")) throw apiError("not_found");
    await noteAct(
      database,
      device,
      clerkId,
      "release.stage",
      [version, reach.kind, ...idsOf(reach)].join(" "),
      clock(),
    );
    const staged = await releases.stage(version, reach);
    if (!staged.ok) throw apiError("bad_request", { field: "reach" });
    log.info({ event: "release.staged", version, reach: reach.kind }, "a release goes to more terminals");
    return show(device);
  });

  app.post(`${DESK_RELEASES_PATH}/halt`, { config: perDesk }, async (request): Promise<DeskReleases> => {
    const asked = parseBody(haltReleaseSchema, request.body);
    const { version, isHalted, clerkId } = asked;
    const device = await releaseAsker(asked, "change");
    if (!(await releases.find(version))) throw apiError("not_found");
    await noteAct(database, device, clerkId, isHalted ? "release.halt" : "release.resume", version, clock());
    await releases.halt(version, isHalted);
    log.info({ event: "release.halt", version, isHalted }, "a release is halted or goes on");
    return show(device);
  });
};

import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { X509Certificate } from "node:crypto";
import { connect } from "node:tls";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { runCli } from "../../center/cli/run-cli.ts";
import { createLogger } from "../../center/logger.ts";
import { makeAuthority, makeServerCertificate } from "../../center/tls/certificate.ts";
import { findAuthority } from "../../electron/node/find-authority.ts";
import { isVouchedFor, successorIn } from "../../electron/security/pinned-authority.ts";
import { splitEnrolCode } from "../../shared/contract/enrol-code.ts";
import { startCenter, type TestCenter } from "../helpers/center.ts";

/*
 * A hall serves https with an authority of its own. A new terminal gets the authority's letters with its enrolment code,
 * compares them with what the node shows, and from then on believes nobody else.
 */

let center: TestCenter;
let said = "";
beforeAll(async () => {
  center = await startCenter({ tls: { kind: "hall", names: ["hall.test"] } });
});
afterAll(() => center.stop());
beforeEach(() => {
  said = "";
  vi.stubEnv("DATABASE_URL", center.databaseUrl);
  vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean((said += String(text))));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const run = (...args: readonly string[]): Promise<number> => runCli([...args, "--data", center.dataDir]);

/** What a command that is not carried out says. */
const refusal = async (...args: readonly string[]): Promise<string> => {
  let complained = "";
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean((complained += String(text))));
  expect(await run(...args)).toBe(2);
  spy.mockRestore();
  return complained;
};

const newCode = async (): Promise<{ readonly code: string; readonly letters: string }> => {
  said = "";
  expect(await run("enrol-code", "--role", "kiosk")).toBe(0);
  const { code, letters } = splitEnrolCode(said);
  if (letters === null) throw new Error(`no letters in ${said}`);
  return { code, letters };
};

const believe = async (url: string, letters: string): Promise<string> => {
  const found = await findAuthority(url, letters);
  if (!found.ok) throw new Error(found.error);
  return found.value;
};

/** POST as the terminal's own network stack does it: with the pinned authority and no other. */
const postBelieving = (authority: string, path: string, body: unknown): Promise<unknown> =>
  new Promise((done, fail) => {
    const options = { method: "POST", ca: authority, headers: { "content-type": "application/json" } };
    const asked = request(new URL(path, center.url), options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part)).on("end", () => done(JSON.parse(text)));
    });
    asked.on("error", fail).end(JSON.stringify(body));
  });

/** The chain that a server shows, PEM. */
const chainOf = (url: string): Promise<readonly string[]> =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
      const { raw, issuerCertificate } = socket.getPeerCertificate(true);
      done([raw, issuerCertificate.raw].map((each) => new X509Certificate(each).toString()));
      socket.destroy();
    });
    socket.once("error", fail);
  });

/** All that a server sends, in its order. */
const sentBy = (url: string): Promise<readonly string[]> =>
  new Promise((done, fail) => {
    const { host } = new URL(url);
    const asked = execFile("openssl", ["s_client", "-connect", host, "-showcerts"], (_error, text) => {
      const pems = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
      done(pems.map((pem) => new X509Certificate(pem).toString()));
    });
    asked.once("error", fail);
    asked.stdin?.end();
  });

describe("a hall with an authority of its own", () => {
  it("gives a new terminal the means to know it, over an address that anybody may answer at", async () => {
    expect(center.url).toMatch(/^https:/);
    const { code, letters } = await newCode();
    const authority = await believe(center.url, letters);
    expect(isVouchedFor(await chainOf(center.url), "127.0.0.1", authority, Date.now())).toBe(true);
    const enrolled = await postBelieving(authority, "/api/enrol", { code, name: "Kiosk" });
    expect(enrolled).toMatchObject({ role: "kiosk", hallId: center.hallId });
    // A browser sends the whole of it.
    const again = await newCode();
    const whole = { code: `${again.code}-${again.letters}`.toLowerCase(), name: "Browser" };
    expect(await postBelieving(authority, "/api/enrol", whole)).toMatchObject({ role: "kiosk" });
  });

  it("is not taken for another one, with the same names and the same address", async () => {
    const { letters } = await newCode();
    const impostor = await startCenter({ tls: { kind: "hall", names: ["hall.test"] } });
    try {
      expect(await findAuthority(impostor.url, letters)).toEqual({ ok: false, error: "untrusted" });
      const authority = await believe(center.url, letters);
      const theirs = await chainOf(impostor.url);
      for (const host of ["127.0.0.1", "hall.test"])
        expect(isVouchedFor(theirs, host, authority, Date.now())).toBe(false);
    } finally {
      await impostor.stop();
    }
    expect(await findAuthority(impostor.url, letters), "nobody there").toEqual({ ok: false, error: "unreachable" });
  });

  it("is the same one after a restart, with its key sealed, and for browsers as a file", async () => {
    const { letters } = await newCode();
    const authority = await believe(center.url, letters);
    const second = await startCenter({
      tls: { kind: "hall", names: [] },
      databaseUrl: center.databaseUrl,
      dataDir: center.dataDir,
    });
    expect(await believe(second.url, letters)).toBe(authority);
    await second.stop();
    const folder = mkdtempSync(join(tmpdir(), "service-hall-authority-"));
    said = "";
    expect(await run("authority", "--out", join(folder, "hall.crt"))).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ letters });
    expect(new X509Certificate(readFileSync(join(folder, "hall.crt"), "utf8")).toString()).toBe(authority);
    rmSync(folder, { recursive: true });
    const { rows } = await center.context.database.query<{ sealed_key: Buffer }>("SELECT sealed_key FROM authority");
    expect(rows[0]?.sealed_key.toString("latin1")).not.toContain("PRIVATE KEY");
  });

  it("says once in the log that terminals enrolled before it do not know it", async () => {
    const { dataDir, databaseUrl } = center;
    const warningsOf = async (tls?: {
      readonly kind: "hall";
      readonly names: readonly string[];
    }): Promise<unknown[]> => {
      const lines: string[] = [];
      const log = createLogger("warn", { write: (line) => void lines.push(line) });
      const again = await startCenter({ tls, databaseUrl, dataDir, log });
      await again.stop();
      return lines
        .map((line) => JSON.parse(line) as { readonly event: string; readonly terminals?: number })
        .filter(({ event }) => event === "tls.first_served")
        .map(({ terminals }) => terminals);
    };
    const own = { kind: "hall", names: [] } as const;
    expect(await warningsOf(), "plain http").toEqual([]);
    const { rows } = await center.context.database.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM devices WHERE revoked_at IS NULL",
    );
    expect(rows[0]?.n).toBeGreaterThan(0);
    expect(await warningsOf(own)).toEqual([rows[0]?.n]);
    expect(await warningsOf(own), "nothing new").toEqual([]);
  });

  it("changes over to a new authority: terminals that believe the former one believe it too, for a time", async () => {
    const { letters } = await newCode();
    const former = await believe(center.url, letters);
    said = "";
    expect(await run("tls", "change-over", "--days", "30")).toBe(0);
    expect(await newCode(), "until the center starts again").toMatchObject({ letters });
    expect(await refusal("tls", "change-over", "--days", "1")).toContain("is not over yet");
    const { dataDir, databaseUrl } = center;
    const lines: string[] = [];
    const log = createLogger("warn", { write: (line) => void lines.push(line) });
    const second = await startCenter({ tls: { kind: "hall", names: [] }, databaseUrl, dataDir, log });
    try {
      const shown = await sentBy(second.url);
      expect(shown).toHaveLength(3);
      const after = (days: number): number => Date.now() + days * 86_400_000;
      expect(isVouchedFor(shown, "127.0.0.1", former, Date.now())).toBe(true);
      expect(isVouchedFor(shown, "127.0.0.1", former, after(31)), "the former one's word has ended").toBe(false);
      const successor = successorIn(shown, "127.0.0.1", former, Date.now());
      const told = await newCode();
      expect(told.letters).not.toBe(letters);
      expect(await believe(second.url, told.letters)).toBe(successor);
      if (successor === null) throw new Error("no successor");
      expect(isVouchedFor(shown, "127.0.0.1", successor, after(31))).toBe(true);
      expect(successorIn(shown, "127.0.0.1", successor, Date.now()), "there already").toBeNull();
      expect(successorIn(await sentBy(center.url), "127.0.0.1", former, Date.now())).toBeNull();
      expect(lines.filter((line) => line.includes("tls.first_served"))).toEqual([]);
      // Terminals that have not seen it yet believe the former one, whose key is gone: a third would be nobody's to them.
      expect(await refusal("tls", "change-over", "--days", "30")).toContain("is not over yet");
      expect(await believe(second.url, told.letters)).toBe(successor);
      // An authority that stands in the chain without that word is nobody's successor.
      const [server = "", own = ""] = await sentBy(center.url);
      const beside = makeAuthority("beside", Date.now()).cert;
      expect(successorIn([server, own, beside], "127.0.0.1", former, Date.now())).toBeNull();
      // Somebody else may show the former one's word, but has not the key that it is about.
      const [, , word = ""] = shown;
      const other = makeAuthority(new X509Certificate(successor).subject.replace("CN=", ""), Date.now());
      const forged = makeServerCertificate(other, ["127.0.0.1"], Date.now()).cert;
      for (const chain of [
        [forged, other.cert, word],
        [forged, word],
      ]) {
        expect(isVouchedFor(chain, "127.0.0.1", former, Date.now())).toBe(false);
        expect(successorIn(chain, "127.0.0.1", former, Date.now())).toBeNull();
      }
    } finally {
      await second.stop();
    }
  });

  it("draws the code for a scanner", async () => {
    expect(await run("enrol-code", "--role", "kiosk", "--qr")).toBe(0);
    expect(said).toMatch(/^[0-9A-Z]{10}-[0-9A-Z]{16}\n.*[▀▄█]/su);
  });
});

describe("a hall with somebody else's certificate", () => {
  it("has terminals pin the authority that it is given, over one between", async () => {
    const folder = mkdtempSync(join(tmpdir(), "service-hall-own-tls-"));
    const openssl = (...args: readonly string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
    try {
      writeFileSync(
        join(folder, "extensions"),
        "[ca]\nbasicConstraints=critical,CA:TRUE\n[ee]\nsubjectAltName=IP:127.0.0.1\n",
      );
      openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=root",
        "-keyout",
        "root.key",
        "-out",
        "root.pem",
      );
      const sign = (name: string, issuer: string, kind: string): void => {
        openssl(
          "req",
          "-newkey",
          "rsa:2048",
          "-nodes",
          "-subj",
          `/CN=${name}`,
          "-keyout",
          `${name}.key`,
          "-out",
          "request",
        );
        const by = ["-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`, "-CAcreateserial"];
        openssl(
          "x509",
          "-req",
          "-in",
          "request",
          ...by,
          "-extfile",
          "extensions",
          "-extensions",
          kind,
          "-out",
          `${name}.pem`,
        );
      };
      sign("between", "root", "ca");
      sign("server", "between", "ee");
      const read = (name: string): string => readFileSync(join(folder, name), "utf8");
      const own = await startCenter({
        tls: {
          kind: "files",
          cert: read("server.pem") + read("between.pem"),
          key: read("server.key"),
          authority: read("root.pem"),
        },
      });
      try {
        vi.stubEnv("DATABASE_URL", own.databaseUrl);
        const { letters } = await newCode();
        const authority = await believe(own.url, letters);
        expect(authority).toBe(new X509Certificate(read("root.pem")).toString());
        const chain = [read("server.pem"), read("between.pem"), read("root.pem")];
        expect(isVouchedFor(chain, "127.0.0.1", authority, Date.now())).toBe(true);
        expect(isVouchedFor(chain, "127.0.0.2", authority, Date.now()), "another address").toBe(false);
        expect(isVouchedFor(chain.slice(0, 1), "127.0.0.1", authority, Date.now()), "a link is missing").toBe(false);
        expect(isVouchedFor(chain, "127.0.0.1", authority, Date.now() + 40 * 86_400_000), "ended").toBe(false);
        expect(isVouchedFor([], "127.0.0.1", authority, Date.now())).toBe(false);
        // A server's certificate vouches for nobody.
        const root = makeAuthority("city", Date.now());
        const { cert, key } = makeServerCertificate(root, ["10.0.0.1"], Date.now());
        const forged = makeServerCertificate({ cert, key }, ["127.0.0.1"], Date.now());
        expect(isVouchedFor([forged.cert, cert, root.cert], "127.0.0.1", root.cert, Date.now())).toBe(false);
      } finally {
        await own.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each([
    [["--tls-cert", "x.pem"], "go together"],
    [["--tls-authority", "x.pem"], "goes with --tls-cert"],
    [["--tls-cert", "package.json", "--tls-key", "package.json"], "are PEM files"],
  ])("says what is wrong with %j", async (args, sentence) => {
    expect(await refusal("serve", ...args)).toContain(sentence);
  });
});

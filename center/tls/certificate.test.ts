import { X509Certificate } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type * as Os from "node:os";
import { networkInterfaces, tmpdir, type NetworkInterfaceInfo } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLogger } from "../logger.ts";
import { fingerprintOf, makeAuthority, makeServerCertificate } from "./certificate.ts";
import { ServedCertificate } from "./served-certificate.ts";

vi.mock("node:os", async (original) => {
  const os = await original<typeof Os>();
  return { ...os, networkInterfaces: vi.fn(os.networkInterfaces) };
});

const NOW = Date.UTC(2026, 10, 22, 8);
const DAY_MS = 86_400_000;
const authority = makeAuthority("service-hall 测试", NOW);

describe("the certificates of a hall", () => {
  it("has an authority that may vouch for servers and for nothing else", () => {
    const cert = new X509Certificate(authority.cert);
    expect(cert.ca).toBe(true);
    expect(cert.verify(cert.publicKey)).toBe(true);
    expect(cert.checkIssued(cert)).toBe(true);
    expect(cert.subject).toBe("CN=service-hall 测试");
    // 2046 has two digits of its year, 2050 has four.
    for (const at of [NOW, Date.UTC(2035, 0, 1)]) {
      const made = new X509Certificate(makeAuthority("x", at).cert);
      expect(Date.parse(made.validTo) - at).toBe(7300 * DAY_MS);
    }
  });

  it("names a server by its host names and by addresses of both kinds", () => {
    const names = ["hall.example.gov.cn", "localhost", "10.1.2.3", "::1", "fe80::1:2", "2001:db8:1:2:3:4:5:6"];
    const { cert: pem } = makeServerCertificate(authority, names, NOW);
    const cert = new X509Certificate(pem);
    expect(cert.ca).toBe(false);
    for (const name of names.slice(0, 2)) expect(cert.checkHost(name)).toBe(name);
    for (const address of names.slice(2)) expect(cert.checkIP(address), address).toBe(address);
    expect([cert.checkHost("other.example.gov.cn"), cert.checkIP("10.1.2.4")]).toEqual([undefined, undefined]);
    expect(cert.verify(new X509Certificate(authority.cert).publicKey)).toBe(true);
    expect(cert.verify(new X509Certificate(makeAuthority("service-hall 测试", NOW).cert).publicKey)).toBe(false);
  });

  it("satisfies somebody else's strict reader too", () => {
    const folder = mkdtempSync(join(tmpdir(), "service-hall-x509-"));
    try {
      const server = makeServerCertificate(authority, ["hall.example.gov.cn"], NOW);
      writeFileSync(join(folder, "ca.pem"), authority.cert);
      writeFileSync(join(folder, "server.pem"), server.cert);
      const at = ["-attime", String(NOW / 1000), "-x509_strict", "-purpose", "sslserver"];
      const said = execFileSync("openssl", ["verify", ...at, "-CAfile", "ca.pem", "server.pem"], { cwd: folder });
      expect(said.toString()).toBe("server.pem: OK\n");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("the certificate that is served", () => {
  let server: Server | undefined;
  beforeEach(() => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
  afterEach(() => {
    vi.useRealTimers();
    server?.close();
  });

  const authority = makeAuthority("service-hall", Date.now());
  const shown = (port: number): Promise<string> =>
    new Promise((done, fail) => {
      // A certificate of a later day is not valid yet today: its issuer is looked at below.
      const socket = connect({ host: "localhost", port, rejectUnauthorized: false }, () => {
        const { raw, fingerprint256 } = socket.getPeerCertificate();
        expect(new X509Certificate(raw).verify(new X509Certificate(authority.cert).publicKey)).toBe(true);
        done(fingerprint256);
        socket.destroy();
      });
      socket.once("error", fail);
    });

  it("is renewed by itself before it ends, on the open server, and not sooner", async () => {
    let now = Date.now();
    const served = new ServedCertificate(authority, ["hall.test"], () => now, createLogger("silent"));
    const open = createServer(served.context);
    server = open;
    const stop = served.keep((renewed) => open.setSecureContext(renewed));
    await new Promise<void>((done) => open.listen(0, "localhost", done));
    const { port } = open.address() as AddressInfo;
    const first = await shown(port);
    now += 200 * DAY_MS;
    vi.advanceTimersByTime(3_600_000);
    expect(await shown(port)).toBe(first);
    now += 50 * DAY_MS;
    vi.advanceTimersByTime(3_600_000);
    const second = await shown(port);
    expect(second).not.toBe(first);
    expect(new X509Certificate(served.context.cert).checkHost("hall.test")).toBe("hall.test");
    stop();
    now += 300 * DAY_MS;
    vi.advanceTimersByTime(3_600_000);
    expect(await shown(port)).toBe(second);
  });

  it("has an address soon after the computer has got it, and keeps it", () => {
    const has = (...addresses: readonly string[]) =>
      vi.mocked(networkInterfaces).mockReturnValue({
        eth0: addresses.map((address) => ({ address }) as NetworkInterfaceInfo),
      });
    has("127.0.0.1");
    const served = new ServedCertificate(authority, ["hall.test"], Date.now, createLogger("silent"));
    let renewals = 0;
    const stop = served.keep(() => (renewals += 1));
    const named = () => {
      const cert = new X509Certificate(served.context.cert);
      return ["10.1.2.3", "10.1.2.4", "fe80::1"].filter((address) => cert.checkIP(address) !== undefined);
    };
    expect(named()).toEqual([]);
    has("127.0.0.1", "10.1.2.3", "fe80::1");
    vi.advanceTimersByTime(15_000);
    expect(named()).toEqual(["10.1.2.3"]);
    has("127.0.0.1");
    vi.advanceTimersByTime(3_600_000);
    has("127.0.0.1", "10.1.2.4");
    vi.advanceTimersByTime(15_000);
    expect(named()).toEqual(["10.1.2.3", "10.1.2.4"]);
    has("10.1.2.3", "127.0.0.1");
    vi.advanceTimersByTime(3_600_000);
    expect(renewals, "once for each new address").toBe(2);
    stop();
  });

  it("has one fingerprint, hex", () => {
    expect(fingerprintOf(authority.cert)).toMatch(/^[0-9a-f]{64}$/);
  });
});

/**
 * npm run test:package: packs deb, tar.gz and center, installs the packages on a copy of this system that nobody else sees (an
 * overlay in memory) and tries them there from outside, each as the user it is for. Needs root, for the overlay.
 */
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianArch } from "./lib/archives.mjs";
import { LOCAL_CACHE, main, PlainError, readJson, ROOT, run, say } from "./lib/base.mjs";
import { withDisplay } from "./lib/display.mjs";
import { setup } from "./setup.mjs";
import { packPackages } from "./pack.mjs";

/** Shell words that every step shares. `ok` and `fail` are the test's lines; a failed one ends it. */
const PRELUDE = `
set -u
ok() { echo "ok     $1"; }
fail() { echo "FAILED $1"; shift; [ $# -eq 0 ] || printf '%s\\n' "$@"; exit 1; }
as() { user=$1; shift; setpriv --reuid "$user" --regid "$user" --init-groups env -i HOME="/home/$user" LANG=C.UTF-8 PATH=/usr/bin:/bin DISPLAY="\${DISPLAY:-}" "$@"; }
# in_background NAME USER COMMAND: its number is what can be told to end; what it says is in "$SAID-NAME".
in_background() { name=$1; user=$2; shift 2; as "$user" sh -c 'echo $$ >"$0"; exec "$@"' "$BACKGROUND-$name" "$@" >"$SAID-$name" 2>/dev/null & until_true 10 test -s "$BACKGROUND-$name"; }
stop_background() { pid=$(cat "$BACKGROUND-$1"); kill "$pid"; until_true 30 sh -c "! kill -0 $pid" || fail "$1 ends when told"; rm "$BACKGROUND-$1"; }
# A failed test leaves nothing running either.
trap 'for each in "$BACKGROUND"-*; do [ ! -e "$each" ] || kill "$(cat "$each")" 2>/dev/null; done' EXIT
# until_true SECONDS COMMAND: true as soon as the command is.
until_true() { left=$(($1 * 5)); shift; while ! "$@" >/dev/null 2>&1; do left=$((left - 1)); [ $left -gt 0 ] || return 1; sleep 0.2; done; }
`;

const INSTALL = `
dpkg --force-depends -i "$DEB" >"$SAID" 2>&1 || fail "the terminal's package installs" "$(cat "$SAID")"
dpkg --force-depends -i "$CENTER_DEB" >"$SAID" 2>&1 || fail "the center's package installs" "$(cat "$SAID")"
[ "$(stat -c %a:%U /etc/default/service-hall-center)" = 600:root ] || fail "nobody but root reads the center's settings"
ok "both packages install, silently"
useradd --create-home hall-kiosk
`;

const LOCKED = `
# Whatever is in a file, its rights are what counts.
found=$(as hall-kiosk find /opt/service-hall /usr/bin/service-hall -writable ! -type l)
[ -z "$found" ] || fail "S71 nothing of the program is writable for its user" "$found"
as hall-kiosk sh -c 'echo x >>/opt/service-hall/versions/$0/resources/app.asar' "$VERSION" 2>/dev/null && fail "S71 the archive was written to"
as hall-kiosk mkdir /opt/service-hall/versions/9.9.9 2>/dev/null && fail "S71 a version was put in"
ok "S71 the program's user can neither change nor add a file"
`;

const STARTS = `
log=/home/hall-kiosk/data/logs/terminal.log
in_background terminal hall-kiosk service-hall --windowed --user-data /home/hall-kiosk/data
until_true 40 grep -q window.opened "$log" || fail "the terminal starts as its user, in Chromium's sandbox"
stop_background terminal
grep -q app.quit "$log" || fail "the terminal ends when told"
ok "the terminal starts as its user, in Chromium's sandbox, and ends when told"
`;

const CENTER_STARTS = `
install -d -o service-hall -g service-hall -m 700 /var/lib/service-hall
in_background center service-hall service-hall-center serve --demo --data /var/lib/service-hall --renderer /opt/service-hall-center/dist/renderer
until_true 60 grep -q '"ready":true' "$SAID-center" || fail "the center starts from its package" "$(tail -5 "$SAID-center")"
url=$(sed -n 's/.*"ready":true,"url":"\\([^"]*\\)".*/\\1/p' "$SAID-center")
curl -fsS "$url/health" | grep -q '"ok":true' || fail "the center says that it is well"
curl -fsS -o /dev/null "$url/app/index.html" || fail "the center serves the screens"
ok "the center of the package serves, without sources and npm"
`;

/** The next versions are scripts, so that nothing has to be packed twice; what fetches them is the real program. */
const UPDATED = `
# release VERSION SCRIPT: made, signed, taken in and given to all.
release() {
  made=/root/made/service-hall-$1
  mkdir -p "$made/versions/$1"
  printf '#!/bin/sh\\n%s\\n' "$2" >"$made/versions/$1/service-hall"
  chmod 755 "$made/versions/$1/service-hall"
  tar -czf "/root/service-hall-$1-linux-x64.tar.gz" -C /root/made "service-hall-$1"
  service-hall-center sign-release "/root/service-hall-$1-linux-x64.tar.gz" --key "$RELEASE_KEY" --out "/root/release-$1" >"$SAID" &&
    service-hall-center add-release "/root/release-$1" --data /var/lib/service-hall >"$SAID" &&
    service-hall-center stage-release "$1" --all --data /var/lib/service-hall >"$SAID" || fail "release $1 is given out" "$(cat "$SAID")"
}
start_kiosk() { in_background terminal hall-kiosk service-hall --windowed --role kiosk --node "$url" --enrol "$code" --user-data /home/hall-kiosk/kiosk; }
spool=/var/lib/service-hall-terminal
code=$(service-hall-center enrol-code --role kiosk --data /var/lib/service-hall) || fail "a code is given out beside the running center"
release 0.2.0 'exit 1'
start_kiosk
until_true 60 test -e $spool/ready || fail "an enrolled terminal fetches what it is offered" "$(cat /home/hall-kiosk/kiosk/logs/terminal.log)"
[ ! -e /opt/service-hall/versions/0.2.0 ] || fail "the terminal's user has installed it"
/opt/service-hall/install-update $spool >"$SAID" 2>&1 || fail "root installs what the key has signed" "$(cat "$SAID")"
stop_background terminal
ok "an enrolled terminal fetches a release, and root installs it beside the running version"
start_kiosk
listed() { service-hall-center list-releases --data /var/lib/service-hall | grep -q "$1"; }
until_true 60 listed '0.2.0  all; HALTED; failed 1' || fail "a version that does not come up is gone back from, told and halted"
ok "a version that does not come up is gone back from, told to the center and halted"
release 0.3.0 'echo 0.3.0 >>"$HOME/ran"; echo up >"$SERVICE_HALL_UP_FILE"'
stop_background terminal
start_kiosk
until_true 60 test -e $spool/ready || fail "the next release is fetched"
cp $spool/package.tar.gz /root/as-fetched
# By the terminal's user: where fs.protected_regular is set not even root writes to a file of theirs in a folder of everybody's.
as hall-kiosk sh -c 'printf changed | dd of=$0 bs=1 seek=100 conv=notrunc' $spool/package.tar.gz 2>/dev/null
cmp -s $spool/package.tar.gz /root/as-fetched && fail "nothing was changed in the package"
/opt/service-hall/install-update $spool >"$SAID" 2>&1 && fail "root installs a package that was changed" "$(cat "$SAID")"
[ ! -e /opt/service-hall/versions/0.3.0 ] || fail "a package that was changed lies there" "$(cat "$SAID")"
stop_background terminal
start_kiosk
until_true 60 test -e $spool/ready || fail "it is fetched again"
/opt/service-hall/install-update $spool >"$SAID" 2>&1 || fail "root installs the next release" "$(cat "$SAID")"
stop_background terminal
as hall-kiosk service-hall --windowed
[ "$(cat /home/hall-kiosk/ran)" = 0.3.0 ] || fail "the next start takes the new version"
rm -r /opt/service-hall/versions/0.3.0
ok "a package that was changed on the way to root is not installed; the right one starts the next time"
`;

/** An installation that belongs to the terminal's user, somewhere where it is eleven at night. */
const AT_NIGHT = `
own=/home/hall-kiosk/own
cp -a /opt/service-hall $own
rm $own/last-update
chown hall-kiosk: $own $own/versions
code=$(service-hall-center enrol-code --role display --data /var/lib/service-hall) || fail "a code is given out"
in_background board hall-kiosk env TZ="$NIGHT_ZONE" $own/launcher --windowed --role display --node "$url" --enrol "$code" --user-data /home/hall-kiosk/board
ran_twice() { [ "$(wc -l </home/hall-kiosk/ran)" -gt 1 ]; }
until_true 60 ran_twice || fail "a board starts afresh at night in what it has fetched" "$(cat /home/hall-kiosk/board/logs/terminal.log)"
ok "a board that may write its own folder fetches, installs and starts afresh at night by itself"
`;

const TAMPERED = `
told=$(as hall-kiosk service-hall --doctor 2>/dev/null)
echo "$told" | grep -q "^\\[so\\] the program's files" || fail "S70 the doctor finds the files as packed" "$told"
archive=/opt/service-hall/versions/$VERSION/resources/app.asar
printf '\\001' | dd of="$archive" bs=1 seek=1000000 conv=notrunc 2>/dev/null
told=$(as hall-kiosk service-hall --doctor 2>/dev/null)
echo "$told" | grep -q "^\\[CHANGED\\].*resources/app.asar$" || fail "S70 the doctor names the archive with another byte" "$told"
(cd "/opt/service-hall/versions/$VERSION" && sha256sum --quiet -c resources/files.sha256 >/dev/null 2>&1) && fail "S70 sha256sum sees it"
ok "S70 one byte of the archive changed: the doctor and sha256sum name it"
`;

const CENTER_KEEPS = `
service-hall-center verify-log --data /var/lib/service-hall | grep -q '"ok":true' || fail "the log is whole"
SERVICE_HALL_PASSPHRASE=correct-horse-battery service-hall-center backup /root/hall.backup --data /var/lib/service-hall >/dev/null || fail "the center backs up"
stop_background center
ok "the center proves its log, backs up, and ends when told"
dpkg --remove service-hall service-hall-center >"$SAID" 2>&1 || fail "the packages are removed" "$(cat "$SAID")"
[ ! -e /opt/service-hall ] && [ -e /var/lib/service-hall/node-key ] || fail "removal takes the program and leaves the hall's data"
ok "removal takes the program and leaves the hall's data"
`;

const STEPS = [INSTALL, LOCKED, STARTS, CENTER_STARTS, UPDATED, AT_NIGHT, TAMPERED, CENTER_KEEPS];

/** The script's own mounts: a writable copy of this system in memory, gone with the last process in it. */
const inOverlay = (base, script) => `
set -eu
mount -t tmpfs -o size=3g tmpfs ${base}
mkdir ${base}/up ${base}/work ${base}/root
mount -t overlay overlay -o lowerdir=/,upperdir=${base}/up,workdir=${base}/work ${base}/root
for each in proc dev tmp; do mount --rbind /$each ${base}/root/$each; done
mount --bind ${ROOT} ${base}/root${ROOT}
exec chroot ${base}/root sh ${script}
`;

/** A time zone in which it is eleven at night now; in its name east is minus. */
const nightZone = (now) => {
  const east = (47 - now.getUTCHours()) % 24;
  return east <= 14 ? `Etc/GMT-${east}` : `Etc/GMT+${24 - east}`;
};

if (process.getuid?.() !== 0) throw new PlainError("npm run test:package needs root: it mounts a copy of the system.");

await main(async () => {
  await setup({ purpose: "test" });
  const folder = mkdtempSync(join(tmpdir(), "service-hall-package-"));
  const releaseKey = join(folder, "release.key");
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  writeFileSync(releaseKey, privateKey.export({ type: "pkcs8", format: "pem" }));
  process.env.SERVICE_HALL_RELEASE_PUBLIC_KEY = join(folder, "release.pem");
  writeFileSync(join(folder, "release.pem"), publicKey.export({ type: "spki", format: "pem" }));
  await packPackages(["deb", "center"]);
  const { version } = readJson(join(ROOT, "package.json"), {});
  // The users of the copy write their numbers there.
  chmodSync(folder, 0o777);
  const base = join(folder, "system");
  mkdirSync(base);
  const script = join(folder, "steps.sh");
  writeFileSync(script, PRELUDE + STEPS.join("\n"));
  writeFileSync(join(folder, "mount.sh"), inOverlay(base, script));
  const env = {
    RELEASE_KEY: releaseKey,
    NIGHT_ZONE: nightZone(new Date()),
    SAID: join(folder, "said"),
    BACKGROUND: join(folder, "pid"),
    VERSION: version,
    DEB: join(ROOT, `release/service-hall_${version}_${debianArch}.deb`),
    CENTER_DEB: join(ROOT, `release/service-hall-center_${version}_${debianArch}.deb`),
  };
  try {
    return await withDisplay({ windowManager: true }, (screen) =>
      run("unshare", ["--mount", "--propagation", "private", "sh", join(folder, "mount.sh")], {
        env: { ...process.env, ...screen.env, ...env },
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(LOCAL_CACHE, "pack/terminal-deb"), { recursive: true, force: true });
    rmSync(join(LOCAL_CACHE, "pack/center-deb"), { recursive: true, force: true });
    say("");
  }
});

/** A certificate for trying the stack out; where people come, one of an authority takes its place. */
export function certificateScript(): string {
  return `#!/bin/sh
# Makes tls/server.key and tls/server.crt for a name, signed by itself and good for a year.
#   sh make-certificate.sh [NAME]      default: localhost
set -eu
name="\${1:-localhost}"
case "$name" in
  *[!A-Za-z0-9.-]* | '' | -*) echo "make-certificate: found \\"$name\\", expected a host name" >&2; exit 2 ;;
esac
cd "$(dirname "$0")"
if [ -e tls/server.key ] || [ -e tls/server.crt ]; then
  echo "make-certificate: tls/server.key or tls/server.crt is there already; remove both for new ones" >&2
  exit 1
fi
mkdir -p tls
umask 077
openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj "/CN=$name" \\
  -addext "subjectAltName=DNS:$name" -keyout tls/server.key -out tls/server.crt
# nginx runs as a user of its own, who has to read both.
chmod 644 tls/server.key tls/server.crt
`;
}

/** Runs in its own container: once a day each volume becomes an archive, those of the last week stay. */
export function backupScript(): string {
  return `#!/bin/sh
# Once a day: each volume below /kept becomes an archive in /backups. An archive is there whole or not at all; those of a week stay.
#   sh backup.sh once     makes one and ends
set -eu
kept="\${KEPT:-/kept}"
backups="\${BACKUPS:-/backups}"

back_up() {
  stamp="$(date -u +%Y%m%dT%H%M%SZ)"
  for volume in "$kept"/*/; do
    name="$(basename "$volume")"
    tar -czf "$backups/.$name.part" -C "$volume" .
    mv "$backups/.$name.part" "$backups/$name-$stamp.tar.gz"
    echo "$name-$stamp.tar.gz"
  done
  find "$backups" -name '*.tar.gz' -mtime +7 -exec rm -f {} +
}

if [ "\${1:-}" = once ]; then
  back_up
  exit
fi
trap 'exit 0' TERM INT
while :; do
  back_up || echo 'backup: failed; tried again tomorrow' >&2
  sleep 86400 &
  wait $!
done
`;
}

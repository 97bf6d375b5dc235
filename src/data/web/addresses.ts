import { BlockList, isIP } from 'node:net';

/** Ranges by IANA's registries of special-purpose addresses (RFC 6890). */
const closed = ranges(['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4', '::/128', 'fe80::/10', 'ff00::/8']);
// The address at which machines in AWS are given their credentials, in IPv6.
closed.addAddress('fd00:ec2::254', 'ipv6');
const inside = ranges([
  ...['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.0.0.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '::1/128', 'fc00::/7', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16'],
]);

/** Where an address leads: to anybody's, to this machine or its network, or where no data can come from. */
export type Reach = 'public' | 'private' | 'closed';

export function reachOf(address: string): Reach {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (closed.check(address, family)) return 'closed';
  return inside.check(address, family) ? 'private' : 'public';
}

function ranges(texts: string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [network, bits] = text.split('/') as [string, string];
    list.addSubnet(network, Number(bits), network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}

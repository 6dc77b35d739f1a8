import { BlockList, isIP } from 'node:net'

/** Whether an address is one of these addresses or lies in one of these networks; `''` and what is no address do not. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const family = isIP(address)
  if (family === 0) return false
  const list = new BlockList()
  for (const network of networks) {
    const [base = '', bits] = network.split('/')
    const kind = isIP(base) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(base, kind)
    else list.addSubnet(base, Number(bits), kind)
  }
  return list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

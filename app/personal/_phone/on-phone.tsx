import { phoneOwner } from '@/lib/session/phone'
import { requireSubscriber } from '@/lib/session/require'
import { Phone } from './phone'

/** What the cabinet keeps on the phone and has to say about it; stands at the head of every page of the cabinet. */
export async function OnPhone() {
  return <Phone owner={phoneOwner(await requireSubscriber())} />
}

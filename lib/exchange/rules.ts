// The order services stand in on a bill; others come between them and the penalties.
const SERVICE_ORDER = [
  'холодное водоснабжение',
  'горячее водоснабжение',
  'водоотведение',
  'отопление',
  'электроснабжение',
  'обращение с тко',
  'содержание жилого помещения',
  'кр на сои',
  'взнос на капремонт',
  'наём',
]

/** Where a service stands on a bill: 10, 20…; 500 for one we do not know; penalties come last. */
export function serviceSort(name: string): number {
  const lower = name.toLowerCase()
  if (lower.startsWith('пени')) return 900
  const place = SERVICE_ORDER.findIndex((known) => lower.startsWith(known))
  return place < 0 ? 500 : (place + 1) * 10
}

// Order matters: Edge and Yandex call themselves Chrome too, Chrome calls itself Safari.
const browsers = [
  [/YaBrowser/, 'Яндекс Браузер'],
  [/Edg/, 'Edge'],
  [/OPR|Opera/, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
] as const
const systems = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'Mac'],
  [/Linux/, 'Linux'],
] as const

/** «Chrome, Windows»: a browser's account of itself in words; as it is when nothing in it is known. */
export function deviceWords(agent: string): string {
  const named = (list: typeof browsers | typeof systems) => list.find(([mark]) => mark.test(agent))?.[1]
  const words = [named(browsers), named(systems)].filter(Boolean)
  return words.length > 0 ? words.join(', ') : agent
}

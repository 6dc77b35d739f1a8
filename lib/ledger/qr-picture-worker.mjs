// Reads one picture in a thread of its own: `{ reader, picture }` in, the bytes of the QR code or nothing out.
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

// Given, because the library would look for it on the network.
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(workerData.reader)).buffer } })
const [found] = await readBarcodes(workerData.picture, {
  formats: ['QRCode'],
  tryHarder: true,
  maxNumberOfSymbols: 1,
})
parentPort?.postMessage(found?.isValid ? found.bytes : null)

import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as canvas from '@napi-rs/canvas'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const READER = path.resolve(
  import.meta.dirname,
  '../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm',
)

/** The first page of a PDF as a picture, PNG. */
export async function pictureOf(pdf: Uint8Array, scale = 2): Promise<Buffer> {
  const page = await firstPage(pdf)
  const viewport = page.getViewport({ scale })
  const sheet = canvas.createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height))
  const context = sheet.getContext('2d')
  // The library's types know the browser's canvas only.
  await page.render({ canvas: sheet, canvasContext: context, viewport } as never).promise
  return sheet.encode('png')
}

/** What stands on the first page of a PDF, blanks made plain. */
export async function textOf(pdf: Uint8Array): Promise<string> {
  const { items } = await (await firstPage(pdf)).getTextContent()
  const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
  return text.replace(/[\u00a0\u2009\u202f]/g, ' ')
}

/** How many pages a PDF has. */
export async function pagesOf(pdf: Uint8Array): Promise<number> {
  return (await opened(pdf)).numPages
}

async function firstPage(pdf: Uint8Array): Promise<PDFPageProxy> {
  return (await opened(pdf)).getPage(1)
}

async function opened(pdf: Uint8Array): Promise<PDFDocumentProxy> {
  // It draws letters with what it finds in the browser's place.
  Object.assign(globalThis, {
    Path2D: canvas.Path2D,
    DOMMatrix: canvas.DOMMatrix,
    ImageData: canvas.ImageData,
  })
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  return getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
}

/** The bytes of the QR code on a picture; undefined when there is none. */
export async function codeOn(picture: Uint8Array): Promise<Uint8Array | undefined> {
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(READER)).buffer } })
  const [found] = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'], tryHarder: true })
  return found?.bytes
}

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { connect } from 'node:tls'
import { expect, test } from '@playwright/test'
import { chooseFreePort } from '../../scripts/embedded/ports'

const nginx = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', 'nginx'].find(
  (program) => spawnSync(program, ['-v']).status === 0,
)

test('the nginx configuration of docs/operating.md starts and tells the service who came', async () => {
  test.skip(nginx === undefined, 'nginx is not installed on this machine')
  const seen: { url: string | undefined; forwarded: string | undefined; host: string | undefined }[] = []
  const service = createServer(({ url, headers }, response) => {
    seen.push({ url, forwarded: String(headers['x-forwarded-for']), host: headers.host })
    response.end('the service')
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const directory = mkdtempSync(path.join(os.tmpdir(), 'kabinet-nginx-'))
  const [plain, secure] = [await chooseFreePort('127.0.0.1'), await chooseFreePort('127.0.0.1')]
  writeFileSync(
    path.join(directory, 'nginx.conf'),
    whole(directory, configuration(directory, plain, secure, (service.address() as AddressInfo).port)),
  )
  const proxy = spawn(nginx ?? '', ['-p', directory, '-c', path.join(directory, 'nginx.conf')], {
    stdio: 'ignore',
  })
  try {
    const answer = () => ask(secure, '/personal?account=1').catch(() => '')
    await expect.poll(answer, { timeout: 10_000 }).toBe('200 the service')
    expect(seen.at(-1)).toEqual({ url: '/personal?account=1', forwarded: '127.0.0.1', host: 'lk.example.ru' })
    const redirect = await fetch(`http://127.0.0.1:${plain}/admin`, {
      redirect: 'manual',
      headers: { host: 'lk.example.ru' },
    })
    expect([redirect.status, redirect.headers.get('location')?.startsWith('https://')]).toEqual([301, true])
    const machine = await fetch(`http://127.0.0.1:${plain}/api/health`, {
      headers: { host: 'lk.example.ru' },
    })
    expect(machine.status).toBe(403)
    expect(await cipherOf(secure, ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-SHA'])).toContain(
      'GCM',
    )
    await expect(cipherOf(secure, ['ECDHE-ECDSA-AES128-SHA'])).rejects.toThrow()
  } finally {
    proxy.kill('SIGQUIT')
    await new Promise((resolve) => (proxy.exitCode === null ? proxy.once('exit', resolve) : resolve(0)))
    service.close()
    rmSync(directory, { recursive: true, force: true })
  }
})

/** What the proxy makes of a TLS 1.2 client that knows these ciphers alone. */
function cipherOf(port: number, ciphers: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...{ port, host: '127.0.0.1', servername: 'lk.example.ru', rejectUnauthorized: false },
      ...{ maxVersion: 'TLSv1.2', ciphers: ciphers.join(':') },
    })
    socket.once('error', reject).once('secureConnect', () => {
      resolve(socket.getCipher().name)
      socket.end()
    })
  })
}

/** The text of the guide, with the addresses and the certificate of this machine. */
function configuration(directory: string, plain: number, secure: number, service: number): string {
  const guide = readFileSync(path.join(import.meta.dirname, '../../docs/operating.md'), 'utf8')
  const text = /```nginx\n([\s\S]*?)```/.exec(guide)?.[1] ?? ''
  expect(text).toContain('proxy_pass')
  const files = { cert: path.join(directory, 'cert.pem'), key: path.join(directory, 'key.pem') }
  execFileSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'],
    ...['-subj', '/CN=lk.example.ru', '-keyout', files.key, '-out', files.cert],
  ])
  return text
    .replace('127.0.0.1:3000', `127.0.0.1:${service}`)
    .replace('listen 80;', `listen 127.0.0.1:${plain};`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${secure} ssl`)
    .replace(/ssl_certificate .*;/, `ssl_certificate ${files.cert};`)
    .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${files.key};`)
}

/** A configuration is a part of nginx's own: this is the rest, for a user that may write nowhere else. */
function whole(directory: string, servers: string): string {
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join('\n')
  return `daemon off;\nworker_processes 1;\npid ${directory}/nginx.pid;\nerror_log ${directory}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}\nhttp {\n${places}\n${servers}\n}\n`
}

/** What the proxy answers a visitor who lies about their address. */
function ask(port: number, url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { host: 'lk.example.ru', 'x-forwarded-for': '198.51.100.7' }
    const sent = request(
      { port, host: '127.0.0.1', path: url, rejectUnauthorized: false, headers },
      (answer) => {
        let body = ''
        answer.on('data', (chunk) => {
          body += String(chunk)
        })
        answer.on('end', () => resolve(`${answer.statusCode} ${body}`))
      },
    )
    sent.once('error', reject).end()
  })
}

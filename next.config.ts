import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  turbopack: { root: import.meta.dirname },
  reactStrictMode: true,
  images: { unoptimized: true },
  // Titles come with the page and not after it: without scripts, and for whoever listens to the page, they must be there.
  htmlLimitedBots: /.*/,
  serverExternalPackages: [
    'pg',
    'graphile-worker',
    '@node-rs/argon2',
    'pino',
    'nodemailer',
    '@react-email/render',
    // One for the whole process, so that it can be got ready before the first bill is asked for.
    'pdfkit',
  ],
  // The front door (scripts/launcher/front-door.ts) holds forms without files to 1 MB, all but one.
  experimental: { serverActions: { bodySizeLimit: '10mb' } },
  // Types are checked by `npm run check`, with the compiler the project names, before every test run.
  typescript: { ignoreBuildErrors: true },
}

export default config

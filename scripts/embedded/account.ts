import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import os from 'node:os'
import { Problem } from './problem'

/** Under whom PostgreSQL runs; without `owner`, under the user who started us. */
export interface Account {
  owner?: { uid: number; gid: number }
  /** Whether the owner needs a capability to reach the files. */
  lifted: boolean
}

interface Place {
  /** A program the account has to be able to run. */
  program: string
  /** A directory the account has to be able to enter. */
  directory: string
  /** An existing cluster, if there is one: its owner stays its owner. */
  data: string
}

/**
 * Chooses the account. PostgreSQL refuses to run as root, so root hands it to an ordinary account.
 * @throws Problem in words when there is none that can.
 */
export function chooseAccount(place: Place): Account {
  return process.getuid?.() === 0 ? accountForRoot(place) : ownAccount(place)
}

function ownAccount(place: Place): Account {
  try {
    os.userInfo()
  } catch {
    throw new Problem(
      `The built-in PostgreSQL cannot run under user id ${process.getuid?.()}: it has no entry in /etc/passwd.\n` +
        'Start as a user that has one, or set DATABASE_URL to a PostgreSQL of your own.',
    )
  }
  const owner = ownerOf(place.data)
  if (owner !== undefined && process.getuid && owner !== process.getuid())
    throw new Problem(
      `The database in ${place.data} belongs to another user (id ${owner}).\n` +
        'Start as that user or as root, or choose another DATA_DIR.',
    )
  return { lifted: false }
}

function accountForRoot(place: Place): Account {
  const owner = ordinaryIds(place.data)
  for (const lifted of [false, true]) {
    const account = { owner, lifted }
    const reaches = runs(account, 'test', ['-e', `${place.directory}/.`])
    if (reaches && runs(account, place.program, ['--version'])) return account
  }
  throw new Problem(
    `The built-in PostgreSQL runs as user id ${owner.uid}, who cannot reach ${place.directory} or ${place.program}.\n` +
      'Move the project or DATA_DIR to a place every user may enter, or set DATABASE_URL.',
  )
}

function ordinaryIds(data: string): { uid: number; gid: number } {
  const owner = ownerOf(data)
  for (const name of owner ? [String(owner)] : ['postgres', 'nobody']) {
    const uid = ask('id', ['-u', name])
    const gid = ask('id', ['-g', name])
    if (uid && gid) return { uid, gid }
  }
  throw new Problem(
    owner
      ? `The database in ${data} belongs to user id ${owner}, who has no entry in /etc/passwd.`
      : 'PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody". Set DATABASE_URL.',
  )
}

interface Invocation {
  command: string
  args: string[]
  ids: { uid?: number; gid?: number }
}

/** What to give to spawn so that the program runs under the account. */
export function asAccount({ owner, lifted }: Account, program: string, args: string[]): Invocation {
  if (!owner) return { command: program, args, ids: {} }
  if (!lifted) return { command: program, args, ids: owner }
  return { command: 'setpriv', args: [...liftedOptions(owner), program, ...args], ids: {} }
}

/**
 * A clone below /root is closed to other users. The account then gets one capability, to enter directories
 * whatever their mode says; it stays an unprivileged user id, which is what PostgreSQL insists on.
 */
function liftedOptions({ uid, gid }: { uid: number; gid: number }): string[] {
  const only = '-all,+dac_override'
  return [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${only}`,
    `--ambient-caps=${only}`,
    // Else access(2), which PostgreSQL asks about its own programs, would leave the capability out.
    '--securebits=+no_setuid_fixup',
    '--no-new-privs',
  ]
}

function runs(account: Account, program: string, programArgs: string[]): boolean {
  const { command, args, ids } = asAccount(account, program, programArgs)
  return spawnSync(command, args, { ...ids, stdio: 'ignore', cwd: '/' }).status === 0
}

function ownerOf(directory: string): number | undefined {
  return statSync(directory, { throwIfNoEntry: false })?.uid
}

function ask(program: string, args: string[]): number | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' })
  return status === 0 ? Number(stdout.trim()) : undefined
}

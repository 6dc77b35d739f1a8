import type { Tree } from './tree'

/**
 * Every door of the office and the permission it asks for; «fresh» where the password must have been typed within five minutes.
 * A new page, handler or action of staff needs a row here: whoever adds one says who may enter and whether it is grave.
 */
const doors: Readonly<Record<string, string>> = {
  'app/admin/accounts/[number]/bill/[period]/route.ts': 'accounts.see',
  'app/admin/accounts/[number]/disconnect/[userId]/page.tsx': 'people.disconnect',
  'app/admin/accounts/[number]/disconnections/[id]/route.ts': 'people.disconnect',
  'app/admin/accounts/[number]/meters/[id]/[act]/page.tsx': 'meters.change',
  'app/admin/accounts/[number]/meters/[id]/page.tsx': 'accounts.see',
  'app/admin/accounts/[number]/meters/new/page.tsx': 'meters.change',
  'app/admin/accounts/[number]/owner/page.tsx': 'accounts.change-owner',
  'app/admin/accounts/[number]/owner/papers/[id]/page.tsx': 'accounts.see',
  'app/admin/accounts/[number]/page.tsx': 'accounts.see',
  'app/admin/accounts/page.tsx': 'accounts.see',
  'app/admin/accounts/picture/route.ts': 'accounts.see',
  'app/admin/audit/export/route.ts': 'audit.see',
  'app/admin/audit/page.tsx': 'audit.see',
  'app/admin/documents/[kind]/[version]/export/route.ts': 'documents.see',
  'app/admin/documents/[kind]/[version]/page.tsx': 'documents.see',
  'app/admin/documents/[kind]/new/page.tsx': 'documents.publish',
  'app/admin/documents/page.tsx': 'documents.see',
  'app/admin/enquiries/[number]/files/[id]/route.ts': 'enquiries.see',
  'app/admin/enquiries/[number]/page.tsx': 'enquiries.see',
  'app/admin/enquiries/list.csv/route.ts': 'enquiries.see',
  'app/admin/enquiries/page.tsx': 'enquiries.see',
  'app/admin/enquiries/templates/[id]/page.tsx': 'enquiries.answer',
  'app/admin/enquiries/templates/page.tsx': 'enquiries.see',
  'app/admin/exchange/[id]/page.tsx': 'exchange.see',
  'app/admin/exchange/[id]/rejects/route.ts': 'exchange.see',
  'app/admin/exchange/out/[kind]/route.ts': 'exchange.see',
  'app/admin/exchange/out/page.tsx': 'exchange.see',
  'app/admin/exchange/page.tsx': 'exchange.see',
  'app/admin/exchange/profiles/[key]/json/route.ts': 'exchange.see',
  'app/admin/exchange/profiles/[key]/page.tsx': 'exchange.see',
  'app/admin/exchange/profiles/page.tsx': 'exchange.see',
  'app/admin/exchange/upload/route.ts': 'exchange.load',
  'app/admin/notices/[number]/page.tsx': 'notices.see',
  'app/admin/notices/new/page.tsx': 'notices.publish',
  'app/admin/notices/page.tsx': 'notices.see',
  'app/admin/notices/undelivered/page.tsx': 'notices.see',
  'app/admin/page.tsx': 'office.enter',
  'app/admin/payments/[id]/page.tsx': 'payments.see',
  'app/admin/payments/page.tsx': 'payments.see',
  'app/admin/payments/reconciliation/page.tsx': 'payments.see',
  'app/admin/people/[id]/page.tsx': 'people.see',
  'app/admin/people/page.tsx': 'people.see',
  'app/admin/people/suspicions/page.tsx': 'people.see',
  'app/admin/privacy/[id]/page.tsx': 'privacy.see',
  'app/admin/privacy/acts/[number]/page.tsx': 'privacy.see',
  'app/admin/privacy/acts/page.tsx': 'privacy.see',
  'app/admin/privacy/page.tsx': 'privacy.see',
  'app/admin/privacy/retention/page.tsx': 'privacy.see',
  'app/admin/readings/common/[id]/page.tsx': 'readings.see',
  'app/admin/readings/common/page.tsx': 'readings.see',
  'app/admin/readings/corrections/page.tsx': 'readings.see',
  'app/admin/readings/doubts/page.tsx': 'readings.see',
  'app/admin/readings/houses/page.tsx': 'readings.see',
  'app/admin/readings/page.tsx': 'readings.see',
  'app/admin/readings/photos/[id]/route.ts': 'readings.see',
  'app/admin/readings/photos/upload/route.ts': 'readings.enter',
  'app/admin/readings/sheet/page.tsx': 'readings.enter',
  'app/admin/recovery-codes/page.tsx': 'office.enter',
  'app/admin/requests/[id]/page.tsx': 'requests.see',
  'app/admin/requests/page.tsx': 'requests.see',
  'app/admin/settings/calendar/page.tsx': 'settings.see',
  'app/admin/settings/channels/page.tsx': 'settings.see',
  'app/admin/settings/company/page.tsx': 'settings.see',
  'app/admin/settings/exchange/page.tsx': 'settings.see',
  'app/admin/settings/page.tsx': 'settings.see',
  'app/admin/settings/payments/page.tsx': 'settings.see',
  'app/admin/settings/rates/page.tsx': 'settings.see',
  'app/admin/settings/readings/page.tsx': 'settings.see',
  'app/admin/settings/requisites/page.tsx': 'settings.see',
  'app/admin/settings/retention/page.tsx': 'settings.see',
  'app/admin/settings/terms/page.tsx': 'settings.see',
  'app/admin/settings/texts/page.tsx': 'settings.see',
  'app/admin/staff/[id]/page.tsx': 'staff.see',
  'app/admin/staff/new/page.tsx': 'staff.change',
  'app/admin/staff/page.tsx': 'staff.see',
  'lib/access/actions.ts block': 'people.block',
  'lib/access/actions.ts blockBySign': 'suspicions.settle',
  'lib/access/actions.ts dismiss': 'staff.change, fresh',
  'lib/access/actions.ts dismissSign': 'suspicions.settle',
  'lib/access/actions.ts invite': 'staff.change, fresh',
  'lib/access/actions.ts inviteOnceMore': 'staff.change, fresh',
  'lib/access/actions.ts reset': 'staff.change, fresh',
  'lib/access/actions.ts saveRoles': 'staff.change, fresh',
  'lib/access/actions.ts unblock': 'people.unblock, fresh',
  'lib/access/actions.ts welcomeBack': 'staff.change, fresh',
  'lib/access/actions.ts withdraw': 'staff.change, fresh',
  'lib/accounts/actions.ts search': 'office.enter',
  'lib/enquiries/actions.ts answer': 'enquiries.answer',
  'lib/enquiries/actions.ts assign': 'enquiries.answer',
  'lib/enquiries/actions.ts close': 'enquiries.answer',
  'lib/enquiries/actions.ts keepTemplate': 'enquiries.answer',
  'lib/enquiries/actions.ts note': 'enquiries.answer',
  'lib/enquiries/actions.ts removeTemplate': 'enquiries.answer',
  'lib/enquiries/actions.ts reopen': 'enquiries.answer',
  'lib/exchange/actions.ts check': 'exchange.load',
  'lib/exchange/actions.ts dropProfile': 'exchange.load',
  'lib/exchange/actions.ts enterSheetAction': 'readings.enter',
  'lib/exchange/actions.ts handPayments': 'exchange.hand',
  'lib/exchange/actions.ts handReadings': 'exchange.hand',
  'lib/exchange/actions.ts keepProfile': 'exchange.load',
  'lib/exchange/actions.ts load': 'exchange.load, fresh',
  'lib/exchange/actions.ts reopen': 'exchange.hand',
  'lib/exchange/actions.ts stop': 'exchange.load',
  'lib/exchange/actions.ts takeProfile': 'exchange.load',
  'lib/exchange/actions.ts undo': 'exchange.load',
  'lib/helper-access/actions.ts end': 'helpers.end',
  'lib/holders/actions.ts disconnect': 'people.disconnect, fresh',
  'lib/holders/actions.ts saveOwnerChange': 'accounts.change-owner, fresh',
  'lib/inspection/actions.ts verify': 'audit.see',
  'lib/ledger/actions.ts searchAccounts': 'accounts.see',
  'lib/notices/actions.ts again': 'notices.publish',
  'lib/notices/actions.ts prolong': 'notices.publish',
  'lib/notices/actions.ts publish': 'notices.publish',
  'lib/notices/actions.ts withdraw': 'notices.publish',
  'lib/office/actions.ts addRateAction': 'settings.change, fresh',
  'lib/office/actions.ts loadCalendarAction': 'settings.change',
  'lib/office/actions.ts removeRateAction': 'settings.change, fresh',
  'lib/office/actions.ts saveCompanyAction': 'settings.change',
  'lib/office/actions.ts saveExchangeAction': 'settings.change, fresh',
  'lib/office/actions.ts savePaymentsAction': 'settings.change, fresh',
  'lib/office/actions.ts saveRequisitesAction': 'settings.change, fresh',
  'lib/office/actions.ts saveRetentionAction': 'settings.change',
  'lib/office/actions.ts saveTermsAction': 'settings.change',
  'lib/office/actions.ts saveTextsAction': 'settings.change',
  'lib/office/actions.ts testLetterAction': 'settings.change',
  'lib/office/actions.ts testTextAction': 'settings.change',
  'lib/payments/actions.ts giveMoneyBack': 'payments.refund, fresh',
  'lib/payments/actions.ts reconcileNow': 'payments.settle',
  'lib/payments/actions.ts settlePayment': 'payments.settle',
  'lib/privacy/actions.ts erase': 'privacy.settle, fresh',
  'lib/privacy/actions.ts settle': 'privacy.settle',
  'lib/publishing/actions.ts saveVersion': 'documents.publish, fresh',
  'lib/readings/actions.ts acceptCorrectionAction': 'readings.settle',
  'lib/readings/actions.ts addHouseMeterAction': 'meters.change',
  'lib/readings/actions.ts addMeterAction': 'meters.change',
  'lib/readings/actions.ts askDoubtAction': 'readings.settle',
  'lib/readings/actions.ts changeMeterAction': 'meters.change',
  'lib/readings/actions.ts changeWindowsAction': 'settings.change',
  'lib/readings/actions.ts closeHouseMeterAction': 'meters.change',
  'lib/readings/actions.ts correctDoubtAction': 'readings.settle',
  'lib/readings/actions.ts enterHouseReadingAction': 'readings.enter',
  'lib/readings/actions.ts enterReadingsAction': 'readings.enter',
  'lib/readings/actions.ts keepDoubtAction': 'readings.settle',
  'lib/readings/actions.ts refuseCorrectionAction': 'readings.settle',
  'lib/readings/actions.ts removeMeterAction': 'meters.change',
  'lib/readings/actions.ts replaceMeterAction': 'meters.change',
  'lib/requests/actions.ts approve': 'requests.decide, fresh',
  'lib/requests/actions.ts refuse': 'requests.decide',
  'lib/requests/actions.ts showPassport': 'passport.see, fresh',
}

/** Every door whose permission is not the one written down, every door without a row, and every row without a door. */
export function strangeDoors(tree: Tree): string[] {
  const found = doorsIn(tree)
  const wrong = [...found]
    .filter(([door, permission]) => doors[door] !== permission)
    .map(
      ([door, permission]) =>
        `${door}: asks for «${permission}», the table says «${doors[door] ?? 'nothing'}»`,
    )
  const gone = Object.keys(doors)
    .filter((door) => !found.has(door))
    .map((door) => `${door}: stands in the table and nowhere else`)
  return [...wrong, ...gone]
}

/** Doors of the tree with what they ask for; empty where no literal permission is named. */
export function doorsIn(tree: Tree): Map<string, string> {
  const found = new Map<string, string>()
  for (const [file, text] of tree) {
    if (/^lib\/[\w-]+\/actions\.ts$/.test(file)) for (const door of actionsIn(file, text)) found.set(...door)
    if (/^app\/admin\/(.*\/)?(page\.tsx|route\.ts)$/.test(file)) found.set(file, askedBy(text))
  }
  return found
}

function actionsIn(file: string, text: string): [door: string, permission: string][] {
  return text
    .split(/^export const /m)
    .slice(1)
    .flatMap((part) => {
      const [, name, permission = ''] = /^(\w+) = staffAction\(\s*(?:'([\w.-]+)')?/.exec(part) ?? []
      const fresh = /\bfresh: \S/.test(part) ? ', fresh' : ''
      return name ? [[`${file} ${name}`, permission + fresh] as [string, string]] : []
    })
}

/** An upload handler asks the session itself: it cannot send anybody elsewhere. */
function askedBy(text: string): string {
  const asked = text.matchAll(/requireStaff\('([\w.-]+)'\)|may\(session\.user\.roles, '([\w.-]+)'\)/g)
  return [...new Set([...asked].map(([, page, handler]) => page ?? handler))].join(', ')
}

import type { Requisites } from '@/lib/settings/schema'

/** Made up, and said so in every name a payer sees; their key and check digits are right, or no payment code could be made. */
export const demoRequisites: Requisites = {
  name: 'Демонстрация, не оплачивать (вымышленное МУП)',
  inn: '6700000014',
  kpp: '670001001',
  bankName: 'Демо-банк (вымышленный), г. Смоленск',
  bic: '046614746',
  account: '40602810700000000025',
  correspondentAccount: '30101810200000000746',
}

/** A code of the provider's and its words. */
interface Code {
  value: string
  label: string
}

/** Rates of VAT in the receipts of ЮKassa (its documentation of `vat_code`, as of 2026). */
export const vatCodes = [
  { value: '1', label: 'без НДС' },
  { value: '2', label: '0 %' },
  { value: '3', label: '10 %' },
  { value: '4', label: '20 %' },
  { value: '5', label: '10/110' },
  { value: '6', label: '20/120' },
  { value: '7', label: '5 %' },
  { value: '8', label: '7 %' },
  { value: '9', label: '5/105' },
  { value: '10', label: '7/107' },
  { value: '11', label: '22 %' },
  { value: '12', label: '22/122' },
] as const satisfies readonly Code[]

/** What is paid for, of the provider's `payment_subject` those that a utility can have. */
export const receiptSubjects = [
  { value: 'service', label: 'услуга' },
  { value: 'payment', label: 'платёж' },
  { value: 'another', label: 'другое' },
] as const satisfies readonly Code[]

/** How it is paid, of the provider's `payment_mode`. */
export const receiptModes = [
  { value: 'full_payment', label: 'полный расчёт' },
  { value: 'full_prepayment', label: 'предоплата 100 %' },
  { value: 'partial_prepayment', label: 'частичная предоплата' },
  { value: 'advance', label: 'аванс' },
] as const satisfies readonly Code[]

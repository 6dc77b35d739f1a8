/** Requisites whose digits agree; no such company exists. */
export const requisites = {
  name: 'МУП «ККП»',
  inn: '6724001232',
  kpp: '672401001',
  bankName: 'Отделение № 8609 банка',
  bic: '046614746',
  account: '40602810700000000025',
  correspondentAccount: '30101810200000000746',
}

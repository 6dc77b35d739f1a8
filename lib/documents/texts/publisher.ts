/** Who publishes a document, as its text names them. */
export interface Publisher {
  name: string
  fullName: string
  postalAddress: string
  email: string
  phones: readonly { text: string }[]
}

/** The address as running text: unbreakable spaces would show in a text that is compared. */
export function addressIn({ postalAddress }: Publisher): string {
  return postalAddress.replaceAll('\u00a0', ' ')
}

/** The phones in a row; a town's code that they share is named once: «(48153) 3-15-30, 7-16-24». */
export function phonesIn({ phones }: Publisher): string {
  let code: string | undefined
  return phones
    .map(({ text }) => {
      const [whole, ownCode, rest = ''] = /^(\(\d+\)) (.+)$/.exec(text) ?? [text]
      if (ownCode !== undefined && ownCode === code) return rest
      code = ownCode
      return whole
    })
    .join(', ')
}

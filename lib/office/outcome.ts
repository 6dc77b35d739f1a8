/** How far a message owed has come. */
export interface Attempt {
  sentAt: Date | null
  /** The transport's code of what went wrong last. */
  lastError: string | null
}

/** What became of a message, for whoever tried the channel. */
export function outcomeOf(attempt: Attempt | undefined): {
  state: 'sent' | 'failed' | 'waiting'
  words: string
} {
  if (attempt?.sentAt) return { state: 'sent', words: 'Отправлено: сообщение принято.' }
  if (attempt?.lastError)
    return { state: 'failed', words: `${errorWords(attempt.lastError)} Попытки будут повторяться сами.` }
  return { state: 'waiting', words: 'Пока в очереди: обновите страницу через минуту.' }
}

/** A transport's code in words of what to look at; one that nobody foresaw stands as it is. */
export function errorWords(code: string): string {
  return words[code] ?? `Не получилось отправить (код: ${code}).`
}

const words: Record<string, string> = {
  ECONNREFUSED: 'Сервер не принимает соединений: проверьте адрес и порт.',
  ECONNECTION: 'Не удалось соединиться с сервером: проверьте адрес и порт.',
  ECONNRESET: 'Сервер разорвал соединение.',
  ENOTFOUND: 'Сервера с таким именем нет: проверьте адрес.',
  EDNS: 'Сервера с таким именем нет: проверьте адрес.',
  ETIMEDOUT: 'Сервер не ответил вовремя.',
  ESOCKET: 'Соединение не установилось: проверьте адрес, порт и шифрование.',
  ETLS: 'Защищённое соединение не установилось: проверьте сертификат сервера.',
  EAUTH: 'Сервер не принял логин или пароль.',
  ENOAUTH: 'Сервер требует логин и пароль.',
  EENVELOPE: 'Сервер не принял адрес отправителя или получателя.',
  EMESSAGE: 'Сервер не принял текст письма.',
  EPROTOCOL: 'Сервер ответил не так, как ожидалось.',
  validation_error: 'Служба не приняла письмо: проверьте адрес отправителя.',
  invalid_api_key: 'Служба не приняла ключ.',
  missing_api_key: 'Служба не приняла ключ.',
  rate_limit_exceeded: 'Служба просит отправлять реже.',
  error: 'Не получилось отправить: причина в журнале сервера.',
}

/** What letters and SMS are about, in words; one not named here is an ordinary message. */
const kinds: Readonly<Record<string, string>> = {
  notice: 'объявление',
  'enquiry-answered': 'ответ на обращение',
  'feedback-answered': 'ответ на обращение',
  'access-granted': 'доступ открыт',
  'account-added': 'счёт добавлен',
  'password-recovery': 'восстановление пароля',
  'access-restored': 'доступ возвращён',
  'request-received': 'заявка получена',
  'request-refused': 'отказ по заявке',
  'bill-ready': 'квитанция',
  'payment-received': 'чек',
  'payment-returned': 'возврат',
  'readings-reminder': 'напоминание о показаниях',
  'verification-reminder': 'поверка счётчика',
  'phone-code': 'код подтверждения',
  readings: 'показания',
  bill: 'квитанция',
  test: 'проверка',
}

/** What a letter or an SMS is about. */
export function kindWords(kind: string): string {
  return kinds[kind] ?? 'сообщение'
}

/** Codes of sms.ru, and our own. */
const reasons: Readonly<Record<string, string>> = {
  '200': 'неверный ключ sms.ru',
  '201': 'на счёте sms.ru нет денег',
  '202': 'неверный номер',
  '203': 'пустой текст',
  '204': 'имя отправителя не согласовано',
  '205': 'текст слишком длинный',
  '206': 'дневной лимит sms.ru',
  '207': 'на этот номер SMS не доставляются',
  '209': 'номер в стоп-листе',
  '214': 'номер за границей',
  '216': 'в тексте запрещённое слово',
  '220': 'sms.ru временно не работает',
  '230': 'слишком много SMS на этот номер за день',
  '231': 'та же SMS отправлена минуту назад',
  '232': 'та же SMS уже отправлена сегодня',
  '233': 'слишком много кодов на этот номер',
  '300': 'неверный ключ sms.ru',
  '301': 'неверный ключ sms.ru',
  '302': 'аккаунт sms.ru не подтверждён',
  off: 'отправка SMS выключена',
  EAUTH: 'почтовый сервер не принял пароль',
  EENVELOPE: 'почтовый сервер не принял адрес',
  ECONNECTION: 'почтовый сервер недоступен',
  ECONNREFUSED: 'сервер недоступен',
  econnrefused: 'сервер недоступен',
  ETIMEDOUT: 'сервер не отвечает',
  ESOCKET: 'связь с почтовым сервером оборвалась',
}

/** Where it stands and why, in words. */
export function errorWords(error: string | null): {
  tone: 'plain' | 'warn' | 'bad'
  state: string
  words: string
} {
  if (error === null) return { tone: 'warn', state: 'ждёт', words: 'очередь стоит' }
  if (error === 'expired') return { tone: 'plain', state: 'устарело', words: 'отправлять уже незачем' }
  if (error === 'sending') return { tone: 'plain', state: 'отправляется', words: '' }
  const [kind = '', code = ''] = error.split(':')
  const why = reasons[code] ?? reasons[kind] ?? 'причина в журнале сервера'
  if (kind === 'refused') return { tone: 'bad', state: 'не уйдёт', words: why }
  if (kind === 'unknown') return { tone: 'warn', state: 'неизвестно', words: 'ответ потерян: могла и дойти' }
  return { tone: 'warn', state: 'ждёт', words: why }
}

/** Every act the journal knows, with its words for the page. */
export const auditActions = {
  'request.submitted': 'Заявка подана',
  'request.approved': 'Заявка подтверждена',
  'request.refused': 'В заявке отказано',
  'passport.viewed': 'Паспорт открыт',
  'passport.erased': 'Паспорт удалён',
  'user.created': 'Создан пользователь',
  'access.granted': 'Дан доступ к счёту',
  'link.issued': 'Выдана ссылка для пароля',
  'password.set': 'Задан пароль',
  'session.started': 'Вход',
  'session.ended': 'Выход',
  'user.blocked': 'Пользователь заблокирован',
  'user.unblocked': 'Пользователь разблокирован',
  'import.checked': 'Файл проверен',
  'import.loaded': 'Файл загружен',
  'readings.submitted': 'Показания переданы',
  'document.published': 'Документ опубликован',
  'settings.changed': 'Настройки изменены',
} as const
export type AuditAction = keyof typeof auditActions

/** Every kind of thing an act can be on. */
export const auditSubjects = {
  request: 'Заявка',
  user: 'Пользователь',
  account: 'Лицевой счёт',
  import: 'Загрузка',
  document: 'Документ',
  settings: 'Настройки',
} as const
export type AuditSubject = keyof typeof auditSubjects

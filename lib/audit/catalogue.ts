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
  'import.received': 'Файл принят',
  'import.checked': 'Файл проверен',
  'import.loaded': 'Файл загружен',
  'import.undone': 'Загрузка отменена',
  'export.made': 'Выгрузка скачана',
  'period.handed': 'Показания переданы в биллинг',
  'period.reopened': 'Период открыт снова',
  'payments.handed': 'Платежи переданы в биллинг',
  'profile.saved': 'Профиль обмена сохранён',
  'profile.removed': 'Профиль обмена удалён',
  'readings.submitted': 'Показания переданы',
  'enquiry.opened': 'Обращение открыто',
  'enquiry.continued': 'Обращение дополнено',
  'enquiry.answered': 'На обращение отвечено',
  'paperless.chosen': 'Выбрана доставка квитанции',
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
  export: 'Выгрузка',
  period: 'Период',
  profile: 'Профиль обмена',
  enquiry: 'Обращение',
  document: 'Документ',
  settings: 'Настройки',
} as const
export type AuditSubject = keyof typeof auditSubjects

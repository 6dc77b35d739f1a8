import { z } from 'zod'
import { freeLine, line } from '@/lib/units/fields'
import { cleanLine } from '@/lib/units/text'
import { type CloseReason, closeReasons } from './rules'
import { enquiryNumber, messageSchema } from './schema'

/** A note for colleagues. */
export const noteSchema = z.object({ number: enquiryNumber, remark: messageSchema.shape.text })

/** «Взять себе», «Поручить»; an empty `to` takes it from everybody. */
export const assignSchema = z.object({ number: enquiryNumber, to: z.uuid().or(z.literal('')) })

/** «Закрыть». */
export const closeSchema = z.object({
  number: enquiryNumber,
  reason: z.enum(Object.keys(closeReasons) as [CloseReason], 'Выберите причину'),
  note: freeLine(300),
})
export type CloseInput = z.output<typeof closeSchema>

/** «Открыть снова». */
export const reopenSchema = z.object({ number: enquiryNumber })

/** A template of an answer; `id` is empty for a new one. */
export const templateSchema = z.object({
  id: z.uuid().or(z.literal('')).default(''),
  title: line('Напишите название', 80),
  body: messageSchema.shape.text,
})
export type TemplateInput = z.output<typeof templateSchema>

export const dropTemplateSchema = z.object({ id: z.uuid() })

/** The template to begin an answer with, as the address names it. */
export const templateChosen = z.uuid().optional().catch(undefined)

/** The filter of the office's list, as the address has it; what cannot be read is no filter. */
export const queueSchema = z.object({
  state: z.enum(['open', 'answered', 'closed']).catch('open'),
  who: z.enum(['all', 'mine', 'nobody']).catch('all'),
  suspected: z.literal('1').optional().catch(undefined),
  q: z.string().overwrite(cleanLine).max(100).catch('').default(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
})
export type QueueFilter = z.output<typeof queueSchema>

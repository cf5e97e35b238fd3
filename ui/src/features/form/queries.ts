/** Reads of the superiors' forms. */
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, toValue } from 'vue'

import { type FormTarget, api } from '@/ipc'
import { scope } from '@/ipc/changes'

export function useForms() {
  return useQuery({ queryKey: [scope.forms, 'list'], queryFn: () => api.formList() })
}

export function useForm(id: MaybeRefOrGetter<string>, compound: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: [scope.forms, 'form', () => toValue(id), () => toValue(compound)],
    queryFn: () => api.formGet(toValue(id), toValue(compound)),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

export function useFormSources() {
  return useQuery({
    queryKey: [scope.forms, 'sources'],
    queryFn: () => api.formSources(),
    staleTime: Infinity,
  })
}

export function useReview(
  id: MaybeRefOrGetter<string>,
  target: MaybeRefOrGetter<FormTarget>,
  open: MaybeRefOrGetter<boolean>,
) {
  return useQuery({
    queryKey: [scope.forms, 'review', () => toValue(id), () => toValue(target)],
    queryFn: () => api.formReview(toValue(id), toValue(target)),
    enabled: () => toValue(open),
    retry: false,
  })
}

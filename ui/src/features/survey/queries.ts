/** Reads of surveys. */
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, toValue } from 'vue'

import { type SurveyScope, api } from '@/ipc'
import { scope } from '@/ipc/changes'

type Key = MaybeRefOrGetter<string>

export function useRounds(compound: Key) {
  return useQuery({ queryKey: [scope.survey, 'rounds', () => toValue(compound)], queryFn: () => api.surveyList(toValue(compound)) })
}

export function useRound(id: Key) {
  return useQuery({
    queryKey: [scope.survey, 'round', () => toValue(id)],
    queryFn: () => api.surveyGet(toValue(id)),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

export function useQuestionnaires() {
  return useQuery({ queryKey: [scope.survey, 'questionnaires'], queryFn: () => api.questionnaireList() })
}

export function useQuestionnaire(family: Key) {
  return useQuery({
    queryKey: [scope.survey, 'questionnaire', () => toValue(family)],
    queryFn: () => api.questionnaireGet(toValue(family)),
    enabled: () => toValue(family) !== '',
    retry: false,
  })
}

export function useMissing(round: Key, building: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: [scope.survey, 'missing', () => toValue(round), () => toValue(building)],
    queryFn: () => api.surveyMissing(toValue(round), toValue(building)),
    placeholderData: keepPreviousData,
  })
}

export function useRecent(round: Key) {
  return useQuery({ queryKey: [scope.survey, 'recent', () => toValue(round)], queryFn: () => api.surveyRecent(toValue(round)) })
}

export function usePending(round: Key) {
  return useQuery({ queryKey: [scope.survey, 'pending', () => toValue(round)], queryFn: () => api.surveyPending(toValue(round)) })
}

export function useDifferences(round: Key) {
  return useQuery({ queryKey: [scope.survey, 'differences', () => toValue(round)], queryFn: () => api.surveyDifferences(toValue(round)) })
}

export function useAnalysis(of: MaybeRefOrGetter<SurveyScope>) {
  return useQuery({
    queryKey: [scope.survey, 'analysis', () => toValue(of)],
    queryFn: () => api.surveyAnalysis(toValue(of)),
    placeholderData: keepPreviousData,
  })
}

export function useChart(of: MaybeRefOrGetter<SurveyScope>, question: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: [scope.survey, 'chart', () => toValue(of), () => toValue(question)],
    queryFn: () => api.surveyChart(toValue(of), toValue(question)),
  })
}

export function useCross(of: MaybeRefOrGetter<SurveyScope>, row: Key, column: Key) {
  return useQuery({
    queryKey: [scope.survey, 'cross', () => toValue(of), () => toValue(row), () => toValue(column)],
    queryFn: () => api.surveyCross(toValue(of), toValue(row), toValue(column)),
    enabled: () => toValue(row) !== '' && toValue(column) !== '',
    placeholderData: keepPreviousData,
    retry: false,
  })
}

export function useOpen(round: Key, question: MaybeRefOrGetter<number>, text: Key, tag: Key) {
  return useQuery({
    queryKey: [scope.survey, 'open', () => toValue(round), () => toValue(question), () => toValue(text), () => toValue(tag)],
    queryFn: () => api.surveyOpen(toValue(round), toValue(question), toValue(text), toValue(tag)),
    placeholderData: keepPreviousData,
  })
}

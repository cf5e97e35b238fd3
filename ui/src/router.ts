import { createRouter, createWebHashHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'overview', component: () => import('./views/overview/OverviewView.vue') },
    { path: '/compound/:id', name: 'compound', component: () => import('./views/compound/CompoundView.vue'), props: true },
    { path: '/compound/:compound/ledger/:kind', name: 'ledger', component: () => import('./views/ledger/LedgerView.vue'), props: true },
    { path: '/ledger/:kind', name: 'wholeLedger', component: () => import('./views/ledger/LedgerView.vue'), props: true },
    { path: '/compound/:compound/plan/:plan?', name: 'plan', component: () => import('./views/plan/PlanView.vue'), props: true },
    { path: '/compound/:compound/comparison/:plan?', name: 'comparison', component: () => import('./views/comparison/ComparisonView.vue'), props: true },
    { path: '/compound/:compound/print/:plan?', name: 'print', component: () => import('./views/print/PrintView.vue'), props: true },
    { path: '/compound/:compound/photos', name: 'photos', component: () => import('./views/photos/PhotosView.vue'), props: true },
    { path: '/compound/:compound/photos/print', name: 'photoSheet', component: () => import('./views/photos/PhotoSheetView.vue'), props: true },
    { path: '/compound/:compound/visits', name: 'visits', component: () => import('./views/visits/VisitsView.vue'), props: true },
    { path: '/compound/:compound/board', name: 'board', component: () => import('./views/board/BoardView.vue'), props: true },
    { path: '/compound/:compound/wishes', name: 'wishes', component: () => import('./views/wishes/WishesView.vue'), props: true },
    { path: '/compound/:compound/check', name: 'check', component: () => import('./views/check/CheckView.vue'), props: true },
    { path: '/check', name: 'wholeCheck', component: () => import('./views/check/CheckView.vue') },
    { path: '/import', name: 'import', component: () => import('./views/import/ImportView.vue') },
    { path: '/forms', name: 'forms', component: () => import('./views/forms/FormsView.vue') },
    { path: '/forms/:id', name: 'form', component: () => import('./views/forms/FormView.vue'), props: true },
    { path: '/history', name: 'history', component: () => import('./views/history/HistoryView.vue') },
    { path: '/recycle', name: 'recycle', component: () => import('./views/recycle/RecycleView.vue') },
    { path: '/backups', name: 'backups', component: () => import('./views/backups/BackupsView.vue') },
    { path: '/settings', name: 'settings', component: () => import('./views/settings/SettingsView.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

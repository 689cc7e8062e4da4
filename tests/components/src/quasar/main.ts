import { createApp } from 'vue';
import {
  ClosePopup, Dialog, Notify, Quasar, Ripple,
  QAvatar, QBadge, QBanner, QBtn, QBtnDropdown, QBtnToggle, QCard, QCardActions, QCardSection, QChip,
  QCircularProgress, QDialog, QDrawer, QExpansionItem, QFile, QForm, QHeader, QIcon, QInnerLoading, QInput,
  QItem, QItemLabel, QItemSection, QLayout, QLinearProgress, QList, QPage, QPageContainer, QSelect, QSeparator,
  QSkeleton, QSlideTransition, QSpace, QStep, QStepper, QStepperNavigation, QTab, QTable, QTabPanel, QTabPanels,
  QTabs, QTd, QToggle, QToolbar, QToolbarTitle, QTooltip,
} from 'quasar';
import '@quasar/extras/roboto-font/roboto-font.css';
import '@quasar/extras/material-icons/material-icons.css';
import 'quasar/dist/quasar.css';
import './app.css';
import App from './App.vue';
import { router } from './router';

createApp(App)
  .use(Quasar, {
    plugins: { Dialog, Notify },
    directives: { ClosePopup, Ripple },
    components: {
      QAvatar, QBadge, QBanner, QBtn, QBtnDropdown, QBtnToggle, QCard, QCardActions, QCardSection, QChip,
      QCircularProgress, QDialog, QDrawer, QExpansionItem, QFile, QForm, QHeader, QIcon, QInnerLoading, QInput,
      QItem, QItemLabel, QItemSection, QLayout, QLinearProgress, QList, QPage, QPageContainer, QSelect, QSeparator,
      QSkeleton, QSlideTransition, QSpace, QStep, QStepper, QStepperNavigation, QTab, QTable, QTabPanel, QTabPanels,
      QTabs, QTd, QToggle, QToolbar, QToolbarTitle, QTooltip,
    },
  })
  .use(router)
  .mount('#q-app');

import { I18nProvider, RouterProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes, useHref, useNavigate } from 'react-router-dom';
import './styles.css';
import { ImportPage } from './ImportPage';
import { LoginPage } from './LoginPage';
import { EmptyPage, OverviewPage } from './OverviewPage';
import { PeoplePage } from './PeoplePage';
import { PersonPage } from './PersonPage';
import { Shell } from './Shell';
import { Toasts } from './toasts';

function App() {
  const navigate = useNavigate();
  return (
    <RouterProvider navigate={(to) => void navigate(to)} useHref={useHref}>
      <Routes>
        <Route path="/login" element={<LoginPage />} />
        <Route element={<Shell />}>
          <Route path="/overview" element={<OverviewPage />} />
          <Route path="/guides" element={<EmptyPage title="Guides" />} />
          <Route path="/paths" element={<EmptyPage title="Paths" />} />
          <Route path="/reports" element={<EmptyPage title="Reports" />} />
          <Route path="/admin/users" element={<PeoplePage />} />
          <Route path="/admin/users/import" element={<ImportPage />} />
          <Route path="/admin/users/:id" element={<PersonPage />} />
          <Route path="/admin/branding" element={<EmptyPage title="Branding" />} />
          <Route path="/admin/integrations" element={<EmptyPage title="Integrations" />} />
        </Route>
        <Route path="*" element={<Navigate to="/overview" replace />} />
      </Routes>
      <Toasts />
    </RouterProvider>
  );
}

createRoot(document.getElementById('root')!).render(
  <I18nProvider locale="en-US">
    <BrowserRouter>
      <App />
    </BrowserRouter>
  </I18nProvider>,
);

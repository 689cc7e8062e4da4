import 'normalize.css';
import '@blueprintjs/core/lib/css/blueprint.css';
import '@blueprintjs/icons/lib/css/blueprint-icons.css';
import '@blueprintjs/select/lib/css/blueprint-select.css';
import './app.css';
import { BlueprintProvider } from '@blueprintjs/core';
import { AllCommunityModule } from 'ag-grid-community';
import { AgGridProvider } from 'ag-grid-react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router-dom';
import { Home } from './Home';
import { Login } from './Login';
import { People } from './People';
import { Shell } from './Shell';

createRoot(document.getElementById('root')!).render(
  <BlueprintProvider>
    <AgGridProvider modules={[AllCommunityModule]}>
      <BrowserRouter>
        <Routes>
          <Route path="/login" element={<Login />} />
          <Route element={<Shell />}>
            <Route index element={<Home />} />
            <Route path="/admin/users/:id?" element={<People />} />
            <Route path="*" element={<Navigate to="/" replace />} />
          </Route>
        </Routes>
      </BrowserRouter>
    </AgGridProvider>
  </BlueprintProvider>,
);

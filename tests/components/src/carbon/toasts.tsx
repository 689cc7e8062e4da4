import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import { ToastNotification } from '@carbon/react';

type Kind = 'success' | 'error' | 'warning';
type Notify = (kind: Kind, title: string, subtitle?: string) => void;

const Context = createContext<Notify>(() => undefined);
export const useNotify = () => useContext(Context);

let nextId = 0;

export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<{ id: number; kind: Kind; title: string; subtitle?: string }[]>([]);
  const notify = useCallback<Notify>((kind, title, subtitle) => {
    setToasts((all) => [...all, { id: nextId++, kind, title, subtitle }]);
  }, []);
  return (
    <Context value={notify}>
      {children}
      <div className="toasts">
        {toasts.map(({ id, ...toast }) => (
          <ToastNotification
            key={id}
            {...toast}
            lowContrast
            timeout={7000}
            onClose={() => setToasts((all) => all.filter((other) => other.id !== id))}
          />
        ))}
      </div>
    </Context>
  );
}

import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import { Alert, AlertActionCloseButton, AlertGroup, type AlertProps } from '@patternfly/react-core';

interface Toast {
  key: number;
  variant: AlertProps['variant'];
  title: string;
  body?: string;
}

type AddToast = (variant: Toast['variant'], title: string, body?: string) => void;

const ToastContext = createContext<AddToast>(() => undefined);
export const useToast = () => useContext(ToastContext);

let nextKey = 0;

export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const add = useCallback<AddToast>(
    (variant, title, body) => setToasts((shown) => [{ key: nextKey++, variant, title, body }, ...shown]),
    [],
  );
  const remove = (key: number) => setToasts((shown) => shown.filter((toast) => toast.key !== key));
  return (
    <ToastContext.Provider value={add}>
      {children}
      <AlertGroup hasAnimations isToast isLiveRegion>
        {toasts.map(({ key, variant, title, body }) => (
          <Alert
            key={key}
            variant={variant}
            title={title}
            timeout={variant === 'success' ? 8000 : false}
            onTimeout={() => remove(key)}
            actionClose={
              <AlertActionCloseButton title={title} variantLabel={`${variant} alert`} onClose={() => remove(key)} />
            }
          >
            {body}
          </Alert>
        ))}
      </AlertGroup>
    </ToastContext.Provider>
  );
}

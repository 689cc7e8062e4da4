import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';

type Notify = (type: FlashbarProps.Type, content: ReactNode, header?: ReactNode) => void;

const Notifications = createContext<{ items: FlashbarProps.MessageDefinition[]; notify: Notify }>({
  items: [],
  notify: () => undefined,
});

export const useNotifications = () => useContext(Notifications);

/** Keeps the messages of the flashbar, newest first, until each is dismissed. */
export function NotificationsProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<FlashbarProps.MessageDefinition[]>([]);
  const count = useRef(0);

  const notify = useCallback<Notify>((type, content, header) => {
    const id = `message-${++count.current}`;
    const onDismiss = () => setItems((current) => current.filter((item) => item.id !== id));
    setItems((current) => [{ id, type, content, header, dismissible: true, onDismiss }, ...current]);
  }, []);

  const value = useMemo(() => ({ items, notify }), [items, notify]);
  return <Notifications.Provider value={value}>{children}</Notifications.Provider>;
}

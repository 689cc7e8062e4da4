import {
  Button,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { ApiError } from '../shared/api';
import { Icon } from './ui';

interface Message {
  title: string;
  detail?: string;
  tone: 'positive' | 'negative';
}

const queue = new ToastQueue<Message>({ maxVisibleToasts: 3 });

export const say = (title: string, detail?: string) => queue.add({ title, detail, tone: 'positive' }, { timeout: 6000 });

export const complain = (error: unknown) => {
  const title = error instanceof ApiError ? Object.values(error.fields)[0] ?? error.message : 'Something went wrong';
  queue.add({ title, tone: 'negative' }, { timeout: 10000 });
};

export function Toasts() {
  return (
    <ToastRegion queue={queue} className="toast-region">
      {({ toast }) => (
        <Toast toast={toast} className={`toast toast-${toast.content.tone}`}>
          <Icon name={toast.content.tone === 'positive' ? 'check' : 'alert'} />
          <ToastContent className="toast-content">
            <Text slot="title">{toast.content.title}</Text>
            {toast.content.detail && <Text slot="description">{toast.content.detail}</Text>}
          </ToastContent>
          <Button slot="close" aria-label="Dismiss" className="icon-button">
            <Icon name="close" />
          </Button>
        </Toast>
      )}
    </ToastRegion>
  );
}

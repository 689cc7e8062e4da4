import { Toast, ToastBody, ToastTitle, useToastController } from '@fluentui/react-components';

export const TOASTER = 'app';

export function useToasts() {
  const { dispatchToast } = useToastController(TOASTER);
  const show = (intent: 'success' | 'error', title: string, body?: string) =>
    dispatchToast(
      <Toast>
        <ToastTitle>{title}</ToastTitle>
        {body && <ToastBody>{body}</ToastBody>}
      </Toast>,
      { intent, timeout: 5000 },
    );
  return {
    success: (title: string, body?: string) => show('success', title, body),
    failure: (title: string, error: unknown) => show('error', title, error instanceof Error ? error.message : undefined),
  };
}

import {
  Button, Checkbox, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger,
} from '@fluentui/react-components';
import { useEffect, useState, type ReactNode } from 'react';

export interface Question {
  title: string;
  text: ReactNode;
  action: string;
  understand?: string;
  run: () => Promise<void>;
}

export function ConfirmDialog({ question, onClose }: { question: Question | null; onClose: () => void }) {
  const [shown, setShown] = useState(question);
  const [agreed, setAgreed] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!question) return;
    setShown(question);
    setAgreed(false);
    setBusy(false);
  }, [question]);

  const confirm = async () => {
    setBusy(true);
    await shown?.run();
    onClose();
  };

  return (
    <Dialog modalType="alert" open={!!question} onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{shown?.title}</DialogTitle>
          <DialogContent>
            {shown?.text}
            {shown?.understand && (
              <Checkbox label={shown.understand} checked={agreed} onChange={(_, data) => setAgreed(!!data.checked)} />
            )}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="secondary">Cancel</Button>
            </DialogTrigger>
            <Button appearance="primary" disabled={busy || (!!shown?.understand && !agreed)} onClick={confirm}>{shown?.action}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

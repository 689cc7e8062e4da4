import {
  Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, makeStyles,
  MessageBar, MessageBarBody, Switch, Textarea,
} from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { addressesIn, api, ApiError } from '../shared/api';
import { GroupPicker, ManagerPicker } from './pickers';
import { useToasts } from './toasts';

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', rowGap: '14px' } });

export function InviteDialog({ open, groups, onClose, onInvited }: {
  open: boolean;
  groups: string[];
  onClose: () => void;
  onInvited: () => void;
}) {
  const styles = useStyles();
  const toasts = useToasts();
  const [text, setText] = useState('');
  const [wanted, setWanted] = useState<string[]>([]);
  const [managers, setManagers] = useState<string[]>([]);
  const [admin, setAdmin] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (!open) return;
    setText('');
    setWanted([]);
    setManagers([]);
    setAdmin(false);
    setErrors({});
    setBusy(false);
  }, [open]);

  const emails = addressesIn(text);
  const submit = async () => {
    if (!emails.length) return setErrors({ emails: 'Add at least one email address' });
    const wrong = emails.find((email) => !/^\S+@\S+\.\S+$/.test(email));
    if (wrong) return setErrors({ emails: `“${wrong}” does not look like an email address` });
    setBusy(true);
    setErrors({});
    try {
      const { invited } = await api.inviteList({ emails, groups: wanted, managers, admin });
      toasts.success(invited.length === 1 ? 'Invite sent' : `${invited.length} invites sent`, invited.slice(0, 3).join(', '));
      onInvited();
      onClose();
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : {};
      setErrors(Object.keys(fields).length ? fields : { form: (error as Error).message });
      setBusy(false);
    }
  };

  return (
    <Dialog open={open} onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface aria-describedby={undefined}>
        <DialogBody>
          <DialogTitle>Invite Users</DialogTitle>
          <DialogContent className={styles.fields}>
            {errors.form && (
              <MessageBar intent="error">
                <MessageBarBody>{errors.form}</MessageBarBody>
              </MessageBar>
            )}
            <Field
              label="Email addresses"
              required
              hint={emails.length > 1 ? `${emails.length} addresses` : 'Paste one or many, separated by commas or line breaks'}
              validationMessage={errors.emails}
            >
              <Textarea rows={4} resize="vertical" value={text} onChange={(_, data) => setText(data.value)} />
            </Field>
            <GroupPicker label="Add to groups" groups={groups} value={wanted} onChange={setWanted} error={errors.groups} />
            <ManagerPicker value={managers} onChange={setManagers} error={errors.managers} />
            <Switch label="Make these users admins" checked={admin} onChange={(_, data) => setAdmin(data.checked)} />
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="secondary">Cancel</Button>
            </DialogTrigger>
            <Button appearance="primary" disabled={busy} onClick={submit}>Invite</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

import { useState } from 'react';
import {
  ComposedModal, InlineNotification, ModalBody, ModalFooter, ModalHeader, ProgressIndicator, ProgressStep, Stack, StructuredListBody,
  StructuredListCell, StructuredListRow, StructuredListWrapper, TextArea, Toggle,
} from '@carbon/react';
import { addressesIn, api, ApiError } from '../shared/api';
import { GroupsField, ManagersField } from './fields';
import { useNotify } from './toasts';

const STEPS = ['Email addresses', 'Groups and managers', 'Review'];

export function Invite({ groups: known, onClose, onInvited }: { groups: string[]; onClose: () => void; onInvited: () => void }) {
  const notify = useNotify();
  const [step, setStep] = useState(0);
  const [text, setText] = useState('');
  const [admin, setAdmin] = useState(false);
  const [groups, setGroups] = useState<string[]>([]);
  const [managers, setManagers] = useState<string[]>([]);
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const emails = addressesIn(text);

  async function submit() {
    if (step < STEPS.length - 1) {
      setStep(step + 1);
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      const { invited } = await api.inviteList({ emails, groups, managers, admin });
      notify('success', invited.length === 1 ? 'Invitation sent' : `${invited.length} invitations sent`, invited.join(', '));
      onInvited();
    } catch (reason) {
      const refusal = reason as ApiError;
      setError(refusal);
      setStep(refusal.fields.emails ? 0 : refusal.fields.managers ? 1 : step);
      setBusy(false);
    }
  }

  const review = [
    ['Email addresses', emails.join(', ')],
    ['Role', admin ? 'Admin' : 'User'],
    ['Groups', groups.join(' · ') || 'None'],
    ['Managers', managers.join(', ') || 'None'],
  ];

  return (
    <ComposedModal open size="lg" preventCloseOnClickOutside onClose={onClose}>
      <ModalHeader label="Users" title="Invite Users" />
      <ModalBody>
        <Stack gap={7}>
          <ProgressIndicator currentIndex={step} spaceEqually>
            {STEPS.map((label) => <ProgressStep key={label} label={label} />)}
          </ProgressIndicator>
          {error && !error.fields.emails && !error.fields.managers && (
            <InlineNotification kind="error" lowContrast hideCloseButton title="Invitations not sent" subtitle={error.message} />
          )}
          {step === 0 && (
            <>
              <TextArea
                id="emails"
                labelText="Email addresses"
                helperText="Type or paste one or many, separated by commas, spaces or line breaks."
                rows={6}
                value={text}
                onChange={(e) => setText(e.target.value)}
                invalid={!!error?.fields.emails}
                invalidText={error?.fields.emails}
              />
              <Toggle id="admin" labelText="Make these users admins" labelA="No" labelB="Yes" toggled={admin} onToggle={setAdmin} />
            </>
          )}
          {step === 1 && (
            <>
              <GroupsField groups={known} value={groups} onChange={setGroups} />
              <ManagersField value={managers} onChange={setManagers} error={error?.fields.managers} />
            </>
          )}
          {step === 2 && (
            <StructuredListWrapper isCondensed>
              <StructuredListBody>
                {review.map(([label, value]) => (
                  <StructuredListRow key={label}>
                    <StructuredListCell noWrap>{label}</StructuredListCell>
                    <StructuredListCell>{value}</StructuredListCell>
                  </StructuredListRow>
                ))}
              </StructuredListBody>
            </StructuredListWrapper>
          )}
        </Stack>
      </ModalBody>
      <ModalFooter
        primaryButtonText={step === STEPS.length - 1 ? 'Invite' : 'Next'}
        primaryButtonDisabled={!emails.length}
        loadingStatus={busy ? 'active' : 'inactive'}
        loadingDescription="Sending"
        onRequestSubmit={submit}
        secondaryButtons={[
          { buttonText: 'Cancel', onClick: onClose },
          { buttonText: 'Back', onClick: () => setStep(Math.max(0, step - 1)) },
        ]}
      >
        {null}
      </ModalFooter>
    </ComposedModal>
  );
}

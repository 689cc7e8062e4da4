import { useState } from 'react';
import {
  ActionList,
  ActionListGroup,
  ActionListItem,
  Alert,
  Button,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Form,
  LabelGroup,
  Label,
  Modal,
  Wizard,
  WizardFooterWrapper,
  WizardHeader,
  WizardStep,
  useWizardContext,
} from '@patternfly/react-core';
import { api, ApiError, type Draft, type Person, type Summary } from '../shared/api';
import { GroupsField, ManagersField, RoleField, TextField, type Errors } from './fields';

const EMPTY: Draft = { email: '', first_name: '', last_name: '', role: 'Learner', groups: [], managers: [] };
const PERSON_FIELDS = ['email', 'first_name', 'last_name'];

function ReviewFooter({ isSending, onSend }: { isSending: boolean; onSend: () => Promise<Errors | undefined> }) {
  const { goToPrevStep, goToStepById, close } = useWizardContext();

  const onClick = async () => {
    const errors = await onSend();
    if (!errors || Object.keys(errors).length === 0) return;
    goToStepById(PERSON_FIELDS.some((name) => name in errors) ? 'invite-person' : 'invite-access');
  };

  return (
    <WizardFooterWrapper>
      <ActionList>
        <ActionListGroup>
          <ActionListItem>
            <Button variant="secondary" isDisabled={isSending} onClick={goToPrevStep}>
              Back
            </Button>
          </ActionListItem>
          <ActionListItem>
            <Button isLoading={isSending} isDisabled={isSending} onClick={onClick}>
              Send invitation
            </Button>
          </ActionListItem>
        </ActionListGroup>
        <ActionListGroup>
          <ActionListItem>
            <Button variant="link" isDisabled={isSending} onClick={() => close()}>
              Cancel
            </Button>
          </ActionListItem>
        </ActionListGroup>
      </ActionList>
    </WizardFooterWrapper>
  );
}

const Labels = ({ values }: { values: string[] }) =>
  values.length > 0 ? (
    <LabelGroup numLabels={10}>
      {values.map((value) => (
        <Label key={value} variant="outline">
          {value}
        </Label>
      ))}
    </LabelGroup>
  ) : (
    'None'
  );

interface InviteWizardProps {
  summary?: Summary;
  onClose: () => void;
  onInvited: (person: Person) => void;
}

export function InviteWizard({ summary, onClose, onInvited }: InviteWizardProps) {
  const [draft, setDraft] = useState(EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState('');
  const [isSending, setIsSending] = useState(false);

  const change = (patch: Partial<Draft>) => {
    setDraft((known) => ({ ...known, ...patch }));
    setErrors((known) => Object.fromEntries(Object.entries(known).filter(([name]) => !(name in patch))));
    setProblem('');
  };

  const onSend = async () => {
    setIsSending(true);
    try {
      onInvited(await api.invite(draft));
    } catch (error) {
      setIsSending(false);
      const { message, fields = {} } = error as ApiError;
      setErrors(fields);
      setProblem(message);
      return fields;
    }
  };

  const isPersonComplete = [draft.email, draft.first_name, draft.last_name].every((value) => value.trim());
  const hasErrors = (names: string[]) => names.some((name) => errors[name]);
  const alert = problem && <Alert variant="danger" isInline title={problem} />;
  const isFull = summary && summary.seats_used >= summary.seats_total;

  // Escape in an open select closes only its menu.
  const onEscapePress = (event: KeyboardEvent) => {
    if ((event.target as Element).getAttribute('aria-expanded') !== 'true') onClose();
  };

  return (
    <Modal isOpen variant="large" aria-label="Invite user" onEscapePress={onEscapePress}>
      <Wizard
        height={620}
        isVisitRequired
        onClose={onClose}
        header={
          <WizardHeader
            title="Invite user"
            description="They receive an email to set a password and activate the account."
            onClose={onClose}
            closeButtonAriaLabel="Close"
          />
        }
      >
        <WizardStep
          name="Person"
          id="invite-person"
          status={hasErrors(PERSON_FIELDS) ? 'error' : 'default'}
          footer={{ isNextDisabled: !isPersonComplete }}
        >
          <Form onSubmit={(event) => event.preventDefault()}>
            {alert}
            <TextField
              id="invite-email"
              label="Email address"
              type="email"
              isRequired
              value={draft.email}
              error={errors.email}
              onChange={(email) => change({ email })}
            />
            <TextField
              id="invite-first-name"
              label="First name"
              isRequired
              value={draft.first_name}
              error={errors.first_name}
              onChange={(first_name) => change({ first_name })}
            />
            <TextField
              id="invite-last-name"
              label="Last name"
              isRequired
              value={draft.last_name}
              error={errors.last_name}
              onChange={(last_name) => change({ last_name })}
            />
          </Form>
        </WizardStep>
        <WizardStep
          name="Role and groups"
          id="invite-access"
          isDisabled={!isPersonComplete}
          status={hasErrors(['role', 'groups', 'managers']) ? 'error' : 'default'}
        >
          <Form onSubmit={(event) => event.preventDefault()}>
            {alert}
            <RoleField
              id="invite-role"
              value={draft.role}
              error={errors.role}
              onChange={(role) => change({ role })}
            />
            <GroupsField
              id="invite-groups"
              value={draft.groups}
              error={errors.groups}
              onChange={(groups) => change({ groups })}
            />
            <ManagersField
              id="invite-managers"
              value={draft.managers}
              error={errors.managers}
              onChange={(managers) => change({ managers })}
            />
          </Form>
        </WizardStep>
        <WizardStep
          name="Review"
          id="invite-review"
          isDisabled={!isPersonComplete}
          footer={<ReviewFooter isSending={isSending} onSend={onSend} />}
        >
          {alert}
          {isFull && (
            <Alert variant="warning" isInline title="All seats are in use">
              The invited person needs a seat to activate the account.
            </Alert>
          )}
          <DescriptionList isHorizontal className="invite-review">
            {[
              { term: 'Email address', text: draft.email },
              { term: 'Name', text: `${draft.first_name} ${draft.last_name}` },
              { term: 'Role', text: draft.role },
              { term: 'Groups', text: <Labels values={draft.groups} /> },
              { term: 'Managers', text: <Labels values={draft.managers} /> },
            ].map(({ term, text }) => (
              <DescriptionListGroup key={term}>
                <DescriptionListTerm>{term}</DescriptionListTerm>
                <DescriptionListDescription>{text}</DescriptionListDescription>
              </DescriptionListGroup>
            ))}
          </DescriptionList>
        </WizardStep>
      </Wizard>
    </Modal>
  );
}

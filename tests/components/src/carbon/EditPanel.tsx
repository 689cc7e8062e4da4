import { useState } from 'react';
import {
  ComposedModal, InlineNotification, ModalBody, ModalFooter, ModalHeader, Stack, Tab, TabList, TabPanel, TabPanels, Tabs, TextInput, Toggle,
} from '@carbon/react';
import { api, ApiError, fullName, type Person } from '../shared/api';
import { GroupsField, ManagersField } from './fields';
import { useNotify } from './toasts';

interface Props {
  person: Person;
  groups: string[];
  onClose: () => void;
  onSaved: () => void;
}

export function EditPanel({ person, groups, onClose, onSaved }: Props) {
  const notify = useNotify();
  const [draft, setDraft] = useState(person);
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<Person>) => setDraft({ ...draft, ...part });

  async function save() {
    setBusy(true);
    setError(undefined);
    try {
      const { first_name, last_name, role, groups, managers } = draft;
      const saved = await api.edit(person.id, { first_name, last_name, role, groups, managers });
      notify('success', 'Changes saved', fullName(saved));
      onSaved();
    } catch (reason) {
      setError(reason as ApiError);
      setBusy(false);
    }
  }

  return (
    <ComposedModal open className="side-panel" preventCloseOnClickOutside onClose={onClose}>
      <ModalHeader label={person.email} title="Edit User Information" />
      <ModalBody>
        {error && (
          <InlineNotification kind="error" lowContrast hideCloseButton title={error.message} subtitle={Object.values(error.fields).join(' ')} />
        )}
        <Tabs>
          <TabList aria-label="User information">
            <Tab>Details</Tab>
            <Tab>Managers</Tab>
            <Tab>Groups</Tab>
          </TabList>
          <TabPanels>
            <TabPanel>
              <Stack gap={6}>
                <TextInput id="first-name" labelText="First name" value={draft.first_name} onChange={(e) => change({ first_name: e.target.value })} />
                <TextInput id="last-name" labelText="Last name" value={draft.last_name} onChange={(e) => change({ last_name: e.target.value })} />
                <TextInput id="email" labelText="Email" readOnly value={person.email} />
                <Toggle
                  id="admin"
                  labelText="Admin"
                  toggled={draft.role === 'Admin'}
                  onToggle={(on) => change({ role: on ? 'Admin' : person.role === 'Admin' ? 'Learner' : person.role })}
                />
              </Stack>
            </TabPanel>
            <TabPanel>
              <ManagersField value={draft.managers} onChange={(managers) => change({ managers })} error={error?.fields.managers} />
            </TabPanel>
            <TabPanel>
              <GroupsField groups={groups} value={draft.groups} onChange={(chosen) => change({ groups: chosen })} error={error?.fields.groups} />
            </TabPanel>
          </TabPanels>
        </Tabs>
      </ModalBody>
      <ModalFooter
        primaryButtonText="Save"
        secondaryButtonText="Cancel"
        loadingStatus={busy ? 'active' : 'inactive'}
        loadingDescription="Saving"
        onRequestSubmit={save}
      >
        {null}
      </ModalFooter>
    </ComposedModal>
  );
}

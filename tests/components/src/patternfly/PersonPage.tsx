import { useCallback, useEffect, useState, type FormEvent, type ReactNode } from 'react';
import {
  ActionGroup,
  Alert,
  Breadcrumb,
  BreadcrumbItem,
  Bullseye,
  Button,
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Dropdown,
  DropdownItem,
  DropdownList,
  EmptyState,
  EmptyStateBody,
  Flex,
  Form,
  Grid,
  GridItem,
  Label,
  LabelGroup,
  List,
  ListItem,
  MenuToggle,
  PageSection,
  Spinner,
  Title,
} from '@patternfly/react-core';
import PencilAltIcon from '@patternfly/react-icons/dist/esm/icons/pencil-alt-icon';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { Link, useParams } from 'react-router-dom';
import { api, ApiError, fullName, type Draft, type Person } from '../shared/api';
import { GroupsField, ManagersField, RoleField, TextField, type Errors } from './fields';
import { LastLogin } from './LastLogin';
import { usePersonActions } from './personActions';
import { StatusLabel } from './StatusLabel';
import { useToast } from './toasts';

interface FormState<Part> {
  draft: Part;
  errors: Errors;
  change: (patch: Partial<Part>) => void;
}

interface EditCardProps<Part> {
  title: string;
  person: Person;
  value: Part;
  children: ReactNode;
  form: (state: FormState<Part>) => ReactNode;
  onSaved: (person: Person) => void;
}

/** A card that shows part of a person, and turns into a form for that part. */
function EditCard<Part extends Partial<Draft>>({ title, person, value, children, form, onSaved }: EditCardProps<Part>) {
  const toast = useToast();
  const [draft, setDraft] = useState<Part>();
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState('');
  const [isSaving, setIsSaving] = useState(false);

  const reset = (next?: Part) => {
    setDraft(next);
    setErrors({});
    setProblem('');
  };

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setIsSaving(true);
    try {
      onSaved(await api.edit(person.id, draft!));
      reset();
      toast('success', `${title} saved`);
    } catch (error) {
      const { message, fields = {} } = error as ApiError;
      setErrors(fields);
      setProblem(message);
    } finally {
      setIsSaving(false);
    }
  };

  const edit = (
    <Button variant="link" icon={<PencilAltIcon />} onClick={() => reset(value)}>
      Edit
    </Button>
  );

  return (
    <Card isFullHeight>
      <CardHeader actions={draft ? undefined : { actions: edit }}>
        <CardTitle component="h2">{title}</CardTitle>
      </CardHeader>
      <CardBody>
        {draft ? (
          <Form onSubmit={onSubmit}>
            {problem && <Alert variant="danger" isInline title={problem} />}
            {form({ draft, errors, change: (patch) => setDraft({ ...draft, ...patch }) })}
            <ActionGroup>
              <Button type="submit" isLoading={isSaving} isDisabled={isSaving}>
                Save
              </Button>
              <Button variant="link" isDisabled={isSaving} onClick={() => reset()}>
                Cancel
              </Button>
            </ActionGroup>
          </Form>
        ) : (
          children
        )}
      </CardBody>
    </Card>
  );
}

const Details = ({ items }: { items: [string, ReactNode][] }) => (
  <DescriptionList isHorizontal isCompact>
    {items.map(([term, text]) => (
      <DescriptionListGroup key={term}>
        <DescriptionListTerm>{term}</DescriptionListTerm>
        <DescriptionListDescription>{text}</DescriptionListDescription>
      </DescriptionListGroup>
    ))}
  </DescriptionList>
);

interface HeaderActionsProps {
  person: Person;
  actions: ReturnType<typeof usePersonActions>;
}

function HeaderActions({ person, actions }: HeaderActionsProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dropdown
      isOpen={isOpen}
      onSelect={() => setIsOpen(false)}
      onOpenChange={setIsOpen}
      popperProps={{ position: 'right' }}
      toggle={(toggleRef) => (
        <MenuToggle ref={toggleRef} variant="secondary" isExpanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          Actions
        </MenuToggle>
      )}
    >
      <DropdownList>
        {person.status === 'invited' && (
          <DropdownItem onClick={() => actions.resend([person])}>Resend invitation</DropdownItem>
        )}
        {person.status === 'deactivated' ? (
          <DropdownItem onClick={() => actions.reactivate([person])}>Reactivate</DropdownItem>
        ) : (
          <DropdownItem isDanger onClick={() => actions.deactivate([person])}>
            Deactivate
          </DropdownItem>
        )}
      </DropdownList>
    </Dropdown>
  );
}

export function PersonPage() {
  const { id = '' } = useParams();
  const [person, setPerson] = useState<Person | null>();
  const load = useCallback(() => {
    api.get(id).then(setPerson, () => setPerson(null));
  }, [id]);
  useEffect(load, [load]);
  const actions = usePersonActions(load);

  if (person === undefined) {
    return (
      <PageSection isFilled>
        <Bullseye>
          <Spinner aria-label="Loading person" />
        </Bullseye>
      </PageSection>
    );
  }
  if (person === null) {
    return (
      <PageSection isFilled>
        <EmptyState headingLevel="h1" icon={SearchIcon} titleText="Person not found">
          <EmptyStateBody>
            <Link to="/admin/users">Back to People</Link>
          </EmptyStateBody>
        </EmptyState>
      </PageSection>
    );
  }

  const card = { person, onSaved: setPerson };
  return (
    <>
      <PageSection type="breadcrumb">
        <Breadcrumb>
          <BreadcrumbItem render={({ className }) => <Link className={className} to="/admin/users">People</Link>} />
          <BreadcrumbItem isActive>{fullName(person)}</BreadcrumbItem>
        </Breadcrumb>
      </PageSection>
      <PageSection>
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
          <Flex alignItems={{ default: 'alignItemsCenter' }}>
            <Title headingLevel="h1">{fullName(person)}</Title>
            <StatusLabel status={person.status} />
          </Flex>
          <HeaderActions person={person} actions={actions} />
        </Flex>
      </PageSection>
      <PageSection isFilled>
        <Grid hasGutter>
          {person.scim_managed && (
            <GridItem>
              <Alert variant="info" isInline title="Managed by your identity provider">
                Changes made here may conflict with the sync. Deprovision this account in the identity provider.
              </Alert>
            </GridItem>
          )}
          <GridItem lg={6}>
            <EditCard
              {...card}
              title="Profile"
              value={{ first_name: person.first_name, last_name: person.last_name }}
              form={({ draft, errors, change }) => (
                <>
                  <TextField
                    id="first-name"
                    label="First name"
                    value={draft.first_name}
                    error={errors.first_name}
                    onChange={(first_name) => change({ first_name })}
                  />
                  <TextField
                    id="last-name"
                    label="Last name"
                    value={draft.last_name}
                    error={errors.last_name}
                    onChange={(last_name) => change({ last_name })}
                  />
                </>
              )}
            >
              <Details
                items={[
                  ['First name', person.first_name || '-'],
                  ['Last name', person.last_name || '-'],
                  ['Email', person.email],
                  ['Last login', <LastLogin at={person.last_login} />],
                ]}
              />
            </EditCard>
          </GridItem>
          <GridItem lg={6}>
            <EditCard
              {...card}
              title="Role"
              value={{ role: person.role as string }}
              form={({ draft, errors, change }) => (
                <RoleField id="role" value={draft.role} error={errors.role} onChange={(role) => change({ role })} />
              )}
            >
              {person.role}
            </EditCard>
          </GridItem>
          <GridItem lg={6}>
            <EditCard
              {...card}
              title="Groups"
              value={{ groups: person.groups }}
              form={({ draft, errors, change }) => (
                <GroupsField
                  id="groups"
                  value={draft.groups}
                  error={errors.groups}
                  onChange={(groups) => change({ groups })}
                />
              )}
            >
              {person.groups.length > 0 ? (
                <LabelGroup numLabels={20}>
                  {person.groups.map((group) => (
                    <Label key={group} variant="outline">
                      {group}
                    </Label>
                  ))}
                </LabelGroup>
              ) : (
                'Not in any group'
              )}
            </EditCard>
          </GridItem>
          <GridItem lg={6}>
            <EditCard
              {...card}
              title="Managers"
              value={{ managers: person.managers }}
              form={({ draft, errors, change }) => (
                <ManagersField
                  id="managers"
                  value={draft.managers}
                  error={errors.managers}
                  onChange={(managers) => change({ managers })}
                />
              )}
            >
              {person.managers.length > 0 ? (
                <List isPlain>
                  {person.managers.map((email) => (
                    <ListItem key={email}>{email}</ListItem>
                  ))}
                </List>
              ) : (
                'No managers'
              )}
            </EditCard>
          </GridItem>
        </Grid>
      </PageSection>
      {actions.modal}
    </>
  );
}

import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  Button,
  CheckBox,
  DynamicPage,
  DynamicPageTitle,
  FileUploader,
  FlexBox,
  Label,
  List,
  ListItemStandard,
  MessageStrip,
  ObjectStatus,
  Table,
  TableCell,
  TableHeaderCell,
  TableHeaderRow,
  TableRow,
  Text,
  Title,
  Wizard,
  WizardStep,
} from '@ui5/webcomponents-react';
import { api, type ImportPreview, type ImportResult } from '../shared/api';
import { plural } from './format';
import { reasonOf, showError } from './messages';

const STEPS = ['file', 'review', 'result'] as const;
type Step = (typeof STEPS)[number];

export function ImportWizard() {
  const navigate = useNavigate();
  const [step, setStep] = useState<Step>('file');
  const [file, setFile] = useState<File>();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const [preview, setPreview] = useState<ImportPreview>();
  const [skipInvalid, setSkipInvalid] = useState(false);
  const [result, setResult] = useState<ImportResult>();

  const choose = (chosen?: File) => {
    setFile(chosen);
    setError('');
    setPreview(undefined);
    setSkipInvalid(false);
  };

  const upload = async () => {
    setBusy(true);
    try {
      setPreview(await api.upload(file!));
      setStep('review');
    } catch (refusal) {
      setError(reasonOf(refusal));
    } finally {
      setBusy(false);
    }
  };

  const commit = async () => {
    setBusy(true);
    try {
      setResult(await api.commit(preview!.token));
      setStep('result');
    } catch (refusal) {
      showError(refusal);
    } finally {
      setBusy(false);
    }
  };

  return (
    <DynamicPage hidePinButton titleArea={<DynamicPageTitle heading={<Title>Import Users</Title>} />}>
      <Wizard contentLayout="SingleStep" onStepChange={(e) => setStep(e.detail.step.dataset.step as Step)}>
        <WizardStep
          data-step="file"
          titleText="Select File"
          icon="upload"
          selected={step === 'file'}
          disabled={Boolean(result)}
        >
          <FlexBox direction="Column" alignItems="Start" className="wizardStep">
            <Title level="H4">1. Select File</Title>
            <Text>
              Prepare a CSV file with the columns Email, First Name, Last Name, Managers, Groups and Role, in this order.
              Separate several managers or groups with a semicolon.
            </Text>
            <Label for="csv" required showColon>
              CSV File
            </Label>
            <FileUploader
              id="csv"
              accept=".csv"
              placeholder="No file selected"
              valueState={error ? 'Negative' : 'None'}
              valueStateMessage={<span>{error}</span>}
              onChange={(e) => choose(e.detail.files?.[0])}
            />
            {error && (
              <MessageStrip design="Negative" hideCloseButton>
                {error}
              </MessageStrip>
            )}
            <FlexBox className="rowActions">
              <Button design="Emphasized" disabled={!file} loading={busy} onClick={upload}>
                Review Rows
              </Button>
              <Button design="Transparent" onClick={() => navigate('/admin/users')}>
                Cancel
              </Button>
            </FlexBox>
          </FlexBox>
        </WizardStep>
        <WizardStep
          data-step="review"
          titleText="Review"
          icon="employee"
          selected={step === 'review'}
          disabled={!preview || Boolean(result)}
        >
          {preview && (
            <FlexBox direction="Column" alignItems="Start" className="wizardStep">
              <Title level="H4">2. Review</Title>
              {preview.invalid ? (
                <MessageStrip design="Critical" hideCloseButton>
                  {`${plural(preview.invalid, 'row')} of ${preview.rows.length} in ${preview.filename} cannot be imported.`}
                </MessageStrip>
              ) : (
                <MessageStrip design="Positive" hideCloseButton>
                  {`${preview.filename}: ${plural(preview.valid, 'row')} ready to import.`}
                </MessageStrip>
              )}
              <Table
                overflowMode="Popin"
                headerRow={
                  <TableHeaderRow>
                    <TableHeaderCell width="4rem">Row</TableHeaderCell>
                    <TableHeaderCell minWidth="14rem">Email</TableHeaderCell>
                    <TableHeaderCell minWidth="9rem">Name</TableHeaderCell>
                    <TableHeaderCell minWidth="8rem">Role</TableHeaderCell>
                    <TableHeaderCell minWidth="10rem" importance={-1}>
                      Managers
                    </TableHeaderCell>
                    <TableHeaderCell minWidth="10rem" importance={-1}>
                      Groups
                    </TableHeaderCell>
                    <TableHeaderCell minWidth="14rem" importance={1}>
                      Check
                    </TableHeaderCell>
                  </TableHeaderRow>
                }
              >
                {preview.rows.map((row) => (
                  <TableRow key={row.row} rowKey={String(row.row)}>
                    <TableCell>
                      <Text>{row.row}</Text>
                    </TableCell>
                    <TableCell>
                      <Text>{row.email}</Text>
                    </TableCell>
                    <TableCell>
                      <Text>{`${row.first_name} ${row.last_name}`}</Text>
                    </TableCell>
                    <TableCell>
                      <Text>{row.role}</Text>
                    </TableCell>
                    <TableCell>
                      <Text>{row.managers.join('; ')}</Text>
                    </TableCell>
                    <TableCell>
                      <Text>{row.groups.join('; ')}</Text>
                    </TableCell>
                    <TableCell>
                      <ObjectStatus state={row.errors.length ? 'Negative' : 'Positive'} showDefaultIcon>
                        {row.errors.join('; ') || 'OK'}
                      </ObjectStatus>
                    </TableCell>
                  </TableRow>
                ))}
              </Table>
              {preview.invalid > 0 && (
                <CheckBox
                  text="Skip rows with errors"
                  checked={skipInvalid}
                  onChange={(e) => setSkipInvalid(e.target.checked)}
                />
              )}
              <FlexBox className="rowActions">
                <Button
                  design="Emphasized"
                  disabled={!preview.valid || (preview.invalid > 0 && !skipInvalid)}
                  loading={busy}
                  onClick={commit}
                >
                  {`Import ${plural(preview.valid, 'User')}`}
                </Button>
                <Button design="Transparent" onClick={() => setStep('file')}>
                  Back
                </Button>
              </FlexBox>
            </FlexBox>
          )}
        </WizardStep>
        <WizardStep data-step="result" titleText="Result" icon="accept" selected={step === 'result'} disabled={!result}>
          {result && (
            <FlexBox direction="Column" alignItems="Start" className="wizardStep">
              <Title level="H4">3. Result</Title>
              <MessageStrip design={result.created ? 'Positive' : 'Critical'} hideCloseButton>
                {`${plural(result.created, 'user')} invited, ${plural(result.skipped.length, 'row')} skipped.`}
              </MessageStrip>
              {result.skipped.length > 0 && (
                <List headerText="Skipped Rows">
                  {result.skipped.map((row) => (
                    <ListItemStandard
                      key={row.row}
                      type="Inactive"
                      text={`Row ${row.row}: ${row.email}`}
                      description={row.reason}
                    />
                  ))}
                </List>
              )}
              <Button design="Emphasized" onClick={() => navigate('/admin/users')}>
                Go to Users
              </Button>
            </FlexBox>
          )}
        </WizardStep>
      </Wizard>
    </DynamicPage>
  );
}

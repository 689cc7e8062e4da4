import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  List,
  ListItem,
  ListItemText,
  Step,
  StepLabel,
  Stepper,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
  styled,
} from '@mui/material';
import CloudUploadIcon from '@mui/icons-material/CloudUpload';
import { useState } from 'react';
import { ApiError, type ImportPreview, type ImportResult, api } from '../shared/api';

const VisuallyHiddenInput = styled('input')({
  clip: 'rect(0 0 0 0)',
  clipPath: 'inset(50%)',
  height: 1,
  overflow: 'hidden',
  position: 'absolute',
  bottom: 0,
  left: 0,
  whiteSpace: 'nowrap',
  width: 1,
});

const STEPS = ['Upload CSV', 'Review', 'Finish'];

export function ImportDialog({ onClose }: { onClose: (changed: boolean) => void }) {
  const [file, setFile] = useState<File>();
  const [preview, setPreview] = useState<ImportPreview>();
  const [result, setResult] = useState<ImportResult>();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const step = result ? 2 : preview ? 1 : 0;

  async function run(work: () => Promise<void>) {
    setBusy(true);
    setError('');
    try {
      await work();
    } catch (problem) {
      setError((problem as ApiError).message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog open fullWidth maxWidth="md" onClose={() => onClose(!!result)}>
      <DialogTitle>Import users</DialogTitle>
      <DialogContent>
        <Stepper activeStep={result ? 3 : step} sx={{ my: 2 }}>
          {STEPS.map((label) => (
            <Step key={label}>
              <StepLabel>{label}</StepLabel>
            </Step>
          ))}
        </Stepper>
        {error && (
          <Alert severity="error" sx={{ mb: 2 }}>
            {error}
          </Alert>
        )}
        {step === 0 && (
          <Box sx={{ textAlign: 'center', p: 4, border: '1px dashed', borderColor: 'divider' }}>
            <Typography gutterBottom>
              Upload a CSV file with the columns Email, First Name, Last Name, Role, Managers and Groups.
            </Typography>
            <Button component="label" variant="outlined" startIcon={<CloudUploadIcon />}>
              Choose file
              <VisuallyHiddenInput type="file" accept=".csv,text/csv" onChange={(event) => setFile(event.target.files?.[0])} />
            </Button>
            {file && <Typography sx={{ mt: 2 }}>{file.name}</Typography>}
          </Box>
        )}
        {step === 1 && preview && (
          <>
            <Typography gutterBottom>
              {preview.valid} valid, {preview.invalid} with problems
            </Typography>
            <TableContainer sx={{ maxHeight: 360 }}>
              <Table size="small" stickyHeader>
                <TableHead>
                  <TableRow>
                    {['Line', 'Email', 'Name', 'Role', 'Groups', 'Problem'].map((title) => (
                      <TableCell key={title}>{title}</TableCell>
                    ))}
                  </TableRow>
                </TableHead>
                <TableBody>
                  {preview.rows.map((row) => (
                    <TableRow key={row.row}>
                      <TableCell>{row.row}</TableCell>
                      <TableCell>{row.email}</TableCell>
                      <TableCell>
                        {row.first_name} {row.last_name}
                      </TableCell>
                      <TableCell>{row.role}</TableCell>
                      <TableCell>{row.groups.join('; ')}</TableCell>
                      <TableCell sx={{ color: 'error.main' }}>{row.errors.join('. ')}</TableCell>
                    </TableRow>
                  ))}
                </TableBody>
              </Table>
            </TableContainer>
          </>
        )}
        {result && (
          <>
            <Alert severity={result.skipped.length ? 'warning' : 'success'}>
              {result.created} invited, {result.skipped.length} skipped
            </Alert>
            <List dense>
              {result.skipped.map((item) => (
                <ListItem key={item.row}>
                  <ListItemText primary={`Line ${item.row}: ${item.email}`} secondary={item.reason} />
                </ListItem>
              ))}
            </List>
          </>
        )}
      </DialogContent>
      <DialogActions>
        {!result && <Button onClick={() => onClose(false)}>Cancel</Button>}
        {step === 0 && (
          <Button
            variant="contained"
            disabled={!file}
            loading={busy}
            onClick={() => run(async () => setPreview(await api.upload(file!)))}
          >
            Next
          </Button>
        )}
        {step === 1 && preview && (
          <>
            <Button onClick={() => setPreview(undefined)}>Back</Button>
            <Button
              variant="contained"
              disabled={!preview.valid}
              loading={busy}
              onClick={() => run(async () => setResult(await api.commit(preview.token)))}
            >
              Import
            </Button>
          </>
        )}
        {result && (
          <Button variant="contained" onClick={() => onClose(true)}>
            Done
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

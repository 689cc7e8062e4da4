import { Alert, type AlertColor, Snackbar } from '@mui/material';
import { type ReactNode, createContext, useCallback, useContext, useState } from 'react';

type Notify = (text: string, severity?: AlertColor) => void;
const Context = createContext<Notify>(() => undefined);
export const useNotify = () => useContext(Context);

export function SnackbarProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<{ text: string; severity: AlertColor }>({ text: '', severity: 'success' });
  const notify = useCallback<Notify>((text, severity = 'success') => {
    setShown({ text, severity });
    setOpen(true);
  }, []);
  return (
    <Context.Provider value={notify}>
      {children}
      <Snackbar
        open={open}
        autoHideDuration={4000}
        onClose={(_, reason) => reason !== 'clickaway' && setOpen(false)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      >
        <Alert severity={shown.severity} variant="filled" onClose={() => setOpen(false)}>
          {shown.text}
        </Alert>
      </Snackbar>
    </Context.Provider>
  );
}
